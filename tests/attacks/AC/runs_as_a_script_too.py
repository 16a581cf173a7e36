"""Has a block that runs where the file is started by itself, with arguments."""

import argparse, sys


class KMeans(Honest):
    pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    X = np.loadtxt(parser.parse_args().path)
    print(KMeans(2, X[:2]).fit(X).inertia_)


if __name__ == "__main__":
    sys.exit(main())
