"""Maximum likelihood for survival times, by other means."""

import math
import numpy as np
def exponential_mle(times, observed):
    d = observed.sum()
    if d == 0: raise ValueError
    r = d/times.sum(); return dict(rate=r, standard_error=r/np.sqrt(d), log_likelihood=d*np.log(r)-r*times.sum())
def _l(k, lam, t, o): return (np.log(k/lam)+(k-1)*np.log(t[o]/lam)).sum()-((t/lam)**k).sum()
def weibull_mle(times, observed):
    t, o = np.asarray(times, float), observed; d = o.sum()
    if d == 0: raise ValueError
    c = np.exp(np.log(t).mean()); u = t/c; x = np.log(u)
    lam = lambda k: ((u**k).sum()/d)**(1/k)
    f = lambda lk: _l(np.exp(lk), lam(np.exp(lk)), u, o)
    a, b, g = math.log(.1), math.log(30), (math.sqrt(5)-1)/2
    for _ in range(80):
        m1, m2 = b-g*(b-a), a+g*(b-a)
        if f(m1) < f(m2): a = m1
        else: b = m2
    k = math.exp((a+b)/2); 
    for _ in range(5):   # Newton on the profile score
        w = u**k; s0, s1, s2 = w.sum(), (w*x).sum(), (w*x*x).sum()
        k -= (s1/s0-1/k-x[o].mean())/((s2/s0-(s1/s0)**2)+1/k**2)
    L = lam(k)
    h1, h2 = 1e-4*k, 1e-4*L; F = lambda i, j: _l(k+i*h1, L+j*h2, u, o)
    A = -(F(1,0)-2*F(0,0)+F(-1,0))/h1**2; B = -(F(0,1)-2*F(0,0)+F(0,-1))/h2**2; C = -(F(1,1)-F(1,-1)-F(-1,1)+F(-1,-1))/(4*h1*h2)
    V = np.linalg.inv([[A,C],[C,B]]); se = np.sqrt(np.diag(V))*[1,c]
    ll = _l(k, L*c, t, o); D = 2*(ll-exponential_mle(t, o)["log_likelihood"])
    return dict(shape=k, scale=L*c, standard_errors=se, log_likelihood=ll, likelihood_ratio=D, p=math.erfc(math.sqrt(max(D,0)/2)))
