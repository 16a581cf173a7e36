"""Lists and loops; each VIF by taking the other columns away one after the other (Gram-Schmidt, twice)."""

import math


def pearson(a, b):
    mean_a, mean_b = math.fsum(a) / len(a), math.fsum(b) / len(b)
    a, b = [x - mean_a for x in a], [x - mean_b for x in b]
    squares = math.fsum(x * x for x in a), math.fsum(x * x for x in b)
    if 0.0 in squares:
        return 0.0
    return math.fsum(x * y for x, y in zip(a, b)) / math.sqrt(squares[0]) / math.sqrt(squares[1])


def ranked(values):
    return [1 + sum(other < x for other in values) + (values.count(x) - 1) / 2 for x in values]


def correlation_matrix(X, method="pearson"):
    columns = [list(map(float, column)) for column in zip(*X)]
    table = []
    for j, one in enumerate(columns):
        row = []
        for k, other in enumerate(columns):
            pairs = [(a, b) for a, b in zip(one, other) if not (math.isnan(a) or math.isnan(b))]
            a, b = [x for x, _ in pairs], [x for _, x in pairs]
            if method == "spearman":
                a, b = ranked(a), ranked(b)
            row.append(1.0 if j == k else pearson(a, b))
        table.append(row)
    return table


def dot(a, b):
    return math.fsum(x * y for x, y in zip(a, b))


def variance_inflation(X):
    rows = [list(map(float, row)) for row in X]
    rows = [row for row in rows if not any(map(math.isnan, row))]
    columns = []
    for column in zip(*rows):
        mean = math.fsum(column) / len(rows)
        columns.append([x - mean for x in column])
    factors = []
    for j, column in enumerate(columns):
        basis = []
        for vector in [*columns[:j], *columns[j + 1 :], column]:
            for _ in range(2):
                for unit in basis:
                    share = dot(unit, vector)
                    vector = [x - share * u for x, u in zip(vector, unit)]
            length = math.sqrt(dot(vector, vector))
            basis.append([x / length for x in vector])
        factors.append(dot(column, column) / length**2)
    return factors


def drop_collinear(X, threshold=10.0):
    left = list(range(len(X[0])))
    while True:
        factors = variance_inflation([[row[j] for j in left] for row in X])
        worst = max(range(len(left)), key=factors.__getitem__)
        if factors[worst] <= threshold:
            return left
        left.pop(1 if len(left) == 2 else worst)
