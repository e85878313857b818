/* What was typed into the search box, taken apart.  Pure. */
#ifndef CUNYI_SEARCH_QUERY_H
#define CUNYI_SEARCH_QUERY_H

#include "app/base/base.h"

enum { SEARCH_TOKENS_MAX = 6, SEARCH_TOKEN_MAX = 64 };

struct search_token {
	bool number;  /* digits: the tail of an ID number or a telephone, a house number, a birth date */
	bool hanzi;   /* a word with at least one hanzi in it */
	char s[SEARCH_TOKEN_MAX]; /* a word in lower case without signs; a number with its dashes ("12-3", "004X") */
};

struct search_query {
	size_t n;
	struct search_token token[SEARCH_TOKENS_MAX];
	char whole[SEARCH_TOKEN_MAX * 2]; /* all of it as search_clean() makes it; "" when it is too long */
};

/* "chen gl", "cgl 0048", "陈gl0048", "上坂12号": words and numbers need no blank between them.  What is more than six
 * tokens, or longer than a token can be, cannot be anybody: n is 0 then. */
void search_query_parse(const char *text, struct search_query *out);

/* The words, but for the token `without` (SIZE_MAX: all of them), joined by blanks ("chen gl"); hanzi words that follow
 * one another are joined without.  False when there are none.  out holds SEARCH_TOKEN_MAX bytes; too long: false. */
bool search_query_words(const struct search_query *q, size_t without, char *out);

#endif
