"""Linear algebra on one thread.

On the small matrices of a company threads wait for each other longer than they compute, most of all
on a busy computer; and one thread gives the same last digits on any machine.
"""

#: what the libraries below numpy look for when they are loaded
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
