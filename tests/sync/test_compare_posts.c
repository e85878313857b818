/* All of test_compare.c with a server that gives its own ids. */
#define SERVER_GIVES_IDS true
#include "test_compare.c"
