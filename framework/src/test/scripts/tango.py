"""Tango's paired score intervals for PairedSharesTest, the nuisance found by golden section search.

Run with Python 3: python3 tango.py
"""
import math
def fit(b,c,n,lam):
    # maximise the likelihood of (b, c, rest) with p10 = q + lam, p01 = q, over q
    lo=max(0.0,-lam)+1e-15; hi=(1-lam)/2-1e-15
    def ll(q):
        p10,p01,r=q+lam,q,1-2*q-lam
        t=0
        for k,p in((b,p10),(c,p01),(n-b-c,r)):
            if k>0:
                if p<=0: return -1e300
                t+=k*math.log(p)
        return t
    g=(math.sqrt(5)-1)/2
    a,d=lo,hi
    x1=d-g*(d-a);x2=a+g*(d-a);f1,f2=ll(x1),ll(x2)
    for _ in range(300):
        if f1<f2: a,x1,f1=x1,x2,f2; x2=a+g*(d-a); f2=ll(x2)
        else: d,x2,f2=x2,x1,f1; x1=d-g*(d-a); f1=ll(x1)
    return (a+d)/2
def z(b,c,n,lam):
    q=fit(b,c,n,lam)
    v=n*(2*q+lam*(1-lam))
    return (b-c-n*lam)/math.sqrt(v) if v>0 else math.copysign(1e9,b-c-n*lam)
def ci(b,c,n,crit=1.959963984540054):
    est=(b-c)/n
    def root(end):
        ok,bad=est,end
        for _ in range(200):
            m=(ok+bad)/2
            if abs(z(b,c,n,m))<=crit: ok=m
            else: bad=m
        return (ok+bad)/2
    return root(-1),root(1)
for n,b,c in [(50,12,2),(44,1,0),(10000,28,90),(100,0,5),(1000,3,3),(30,10,10)]:
    print(n,b,c,*('%.7f'%x for x in ci(b,c,n)))
