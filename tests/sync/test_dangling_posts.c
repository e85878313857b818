/* All of test_dangling.c with a server that gives its own ids. */
#define SERVER_GIVES_IDS true
#include "test_dangling.c"
