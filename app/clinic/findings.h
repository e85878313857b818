/* What a check found: errors refuse the save, questions need a confirmation, warnings are shown and kept on the list of
 * what is still lacking. */
#ifndef CUNYI_FINDINGS_H
#define CUNYI_FINDINGS_H

#include "app/base/err.h"
#include "app/base/mem.h"

enum finding_level { FINDING_WARNING, FINDING_QUESTION, FINDING_ERROR };

struct finding {
	enum finding_level level;
	const char *code;    /* err_name() of an error; of a warning its own word ("incomplete", "region_unknown") */
	const char *field;   /* key, or "" */
	const char *message; /* in the present language */
	const char *example; /* or "" */
	const char *record;  /* id of the record that it is about besides this one, or "" */
	enum err_code err;   /* of an error or question */
	struct finding *next;
};

struct findings {
	struct arena *mem;
	struct finding *first, *last;
	unsigned errors, questions, warnings;
	unsigned incomplete; /* of the warnings: what a complete record still needs */
	bool brief;          /* for bulk work: what is only incomplete is counted and not told */
};

static inline void findings_init(struct findings *fs, struct arena *mem)
{
	*fs = (struct findings){ .mem = mem };
}

void finding_error(struct findings *fs, enum err_code code, const char *field, const char *fmt, ...) PRINTF(4, 5);
/* The error an err holds. */
void finding_from_err(struct findings *fs, const struct err *err);
/* A question: the save goes on when the caller confirmed this field. */
void finding_question(struct findings *fs, const char *field, const char *fmt, ...) PRINTF(3, 4);
/* code is static storage. */
void finding_warning(struct findings *fs, const char *code, const char *field, const char *fmt, ...) PRINTF(4, 5);
/* Adds an example of right to the newest finding. */
void finding_example(struct findings *fs, const char *example);
/* The newest finding is about that record too. */
void finding_record(struct findings *fs, const char *id);

/* What was found after `last` (fs->last of before) is about line i of a list: "code" becomes "past_disease[0].code". */
void findings_in_item(struct findings *fs, struct finding *last, const char *list, size_t i);

/* The first error that is not only something missing, else the first error, else the first question; NULL when there is
 * none. */
const struct finding *findings_worst(const struct findings *fs);
/* For a list that is read from its beginning: what is wrong, what is missing (often because of it), questions, warnings, what
 * is incomplete, each in the order of the form; and no question about a value that is impossible. */
void findings_arrange(struct findings *fs);
/* Fills err from the worst; returns false. */
bool findings_to_err(const struct findings *fs, struct err *err);

#endif
