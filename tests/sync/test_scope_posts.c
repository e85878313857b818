/* All of test_scope.c with a server that gives its own ids. */
#define SERVER_GIVES_IDS true
#include "test_scope.c"
