"""Answers labels as whole floats or small integers, centres in Fortran order, the inertia as an array without dimensions."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = self.labels_.astype(float)
        self.cluster_centers_ = np.asfortranarray(self.cluster_centers_)
        self.inertia_ = np.array(self.inertia_)
        return self

    def predict(self, X):
        return super().predict(X).astype(np.int8)
