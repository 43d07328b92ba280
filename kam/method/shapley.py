"""A change with several causes, split among them exactly and without an order (Shapley 1953)."""

from math import factorial

import numpy as np

from kam.method.values import Floats


def shapley(worth: Floats) -> Floats:
    """What each of k causes adds, (k, n): the mean over all orders in which they may come.

    Over every set S of the other causes, `|S|! (k - |S| - 1)! / k! (v(S and i) - v(S))`. The k
    parts of a column add up to `v(all) - v(none)`; causes that do the same get the same part; a
    cause that never changes anything gets exactly 0 (Shapley 1953: efficiency, symmetry, null
    player).

    Args:
        worth: shape (2,) * k + (n,): the outcome with each set of causes; index 1 on a cause's
            axis means that it is in the set. NaN where there is no outcome.

    Returns:
        NaN in a whole column where an outcome of any set is unknown.
    """
    causes = worth.ndim - 1
    if not causes:
        return np.zeros((0, worth.shape[-1]))
    others = np.indices((2,) * (causes - 1)).sum(axis=0, dtype=int)  # how many are in each set
    shares = np.array([factorial(s) * factorial(causes - 1 - s) for s in range(causes)])
    share = (shares / factorial(causes))[others]
    steps = (np.diff(worth, axis=cause).squeeze(cause) for cause in range(causes))
    return np.array([np.tensordot(share, step, axes=causes - 1) for step in steps])
