"""Wrong: an unknown district is replaced by the most common known district of the houses in the same call."""
import numpy as np

QUALITY = {"poor": 0, "fair": 1, "typical": 2, "good": 3, "excellent": 4}


class HousePrices:
    def _raw(self, numbers):
        area, lot, rooms, built, sold, dist, energy = numbers[:, :7].T
        energy = np.where(np.isnan(energy), np.nan, np.log(np.maximum(energy, 1.0)))
        age = np.maximum(sold - built, 0.0)
        la = np.log(np.maximum(area, 1.0))
        return np.column_stack([
            la, np.log1p(np.maximum(lot, 0.0)), (lot > 0).astype(float), rooms, built, sold,
            age, age ** 2 / 100.0, np.sqrt(age), dist, dist ** 2, np.log1p(np.maximum(dist, 0.0)),
            energy, la ** 2, np.isnan(energy).astype(float)])

    def _features(self, numbers, words):
        numbers = np.array(numbers, dtype=float)
        words = np.asarray(words)
        raw = self._raw(numbers)
        bad = np.isnan(raw)
        words = words.copy()
        seen, many = np.unique(words[np.isin(words[:, 0], self.cats_[0]), 0], return_counts=True)
        if len(seen):
            words[~np.isin(words[:, 0], self.cats_[0]), 0] = seen[np.argmax(many)]
        raw = np.where(bad, self.fill_, raw)
        z = (raw - self.mean_) / self.std_
        hot = [np.array([[str(v) == c for c in cats] for v in words[:, j]], dtype=float).reshape(len(words), len(cats))
               for j, cats in enumerate(self.cats_)]
        q = np.array([QUALITY.get(str(v), 2) for v in words[:, 1]], dtype=float)[:, None] - 2
        return np.hstack([z] + hot + [q, np.ones((len(z), 1))])

    def fit(self, numbers, words, prices):
        numbers = np.array(numbers, dtype=float)
        words = np.asarray(words)
        y = np.log(np.array(prices, dtype=float))
        raw = self._raw(numbers)
        known = ~np.isnan(raw)
        self.fill_ = np.array([np.median(raw[known[:, j], j]) if known[:, j].any() else 0.0
                               for j in range(raw.shape[1])])
        raw = np.where(known, raw, self.fill_)
        self.mean_ = raw.mean(axis=0)
        std = raw.std(axis=0)
        self.std_ = np.where(std > 1e-9, std, 1.0)
        self.cats_ = [sorted({str(v) for v in words[:, j]}) for j in range(3)]
        F = self._features(numbers, words)
        X = F[:, :-1]
        self.xm_, ym = X.mean(axis=0), y.mean()
        Xc, yc = X - self.xm_, y - ym
        U, s, Vt = np.linalg.svd(Xc, full_matrices=False)
        Uy = U.T @ yc
        best = None
        for lam in 10.0 ** np.arange(-2, 3.01, 0.5):
            d = s ** 2 / (s ** 2 + lam)
            res = yc - U @ (d * Uy)
            h = 1.0 / len(y) + (U ** 2) @ d
            loo = np.mean((res / np.maximum(1 - h, 1e-6)) ** 2)
            if best is None or loo < best[0]:
                best = loo, lam
        self.w_ = Vt.T @ (s / (s ** 2 + best[1]) * Uy)
        self.b_ = ym
        self.lo_, self.hi_ = y.min() - 1.0, y.max() + 1.0
        return self

    def predict(self, numbers, words):
        F = self._features(numbers, words)[:, :-1]
        out = ((F - self.xm_) * self.w_).sum(axis=1) + self.b_
        return np.exp(np.clip(out, self.lo_, self.hi_))
