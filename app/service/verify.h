/* Telephone verification before the inspectors do it: people are drawn per doctor among those who had a service in the
 * period, they are asked, and what they say gives each doctor's truth rate.  The draw can be repeated: the same seed,
 * period and records draw the same people. */
#ifndef CUNYI_VERIFY_H
#define CUNYI_VERIFY_H

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/clinic/kind.h"
#include "app/clinic/report.h"
#include "app/service/search.h"

struct verify_code {
	const char *code; /* "1" true ... "5" nobody answered */
	struct term term;
};
extern const struct verify_code verify_answers[];
extern const size_t verify_answer_count;
extern const struct term verify_questions[]; /* to be asked, in order */
extern const size_t verify_question_count;

struct verify_request {
	int64_t seed;
	int32_t from, until;
	int per_doctor;
};
/* not_found when nobody had a service in the period.  *draw gets its number. */
bool verify_draw(struct app *app, const struct verify_request *q, int64_t *draw, struct err *err);
/* The newest draw; 0 = none yet. */
bool verify_newest(struct app *app, int64_t *draw, struct err *err);

struct verify_item {
	int64_t id;
	struct search_hit hit;
	const char *doctor, *day, *recorded; /* what was written down */
	const char *answer, *note;           /* code, "" = not asked yet */
	const char *answer_words;
};
struct verify_list {
	int64_t draw, seed;
	const char *drawn_on, *from, *until;
	int per_doctor;
	struct verify_item *v;
	size_t n;
};
bool verify_read(struct app *app, int64_t draw, struct arena *mem, struct verify_list *out, struct err *err);

/* The list on paper, with its seed and day, so that both sides can draw it again; free with report_free(). */
struct report *verify_report(struct app *app, const struct verify_list *list);

/* What stood at a line before it was answered, for taking the answer back. */
struct verify_before {
	int64_t item, by;
	char answer[4], day[DATE_LEN];    /* "" = none */
	char resident[RECORD_ID_MAX + 1]; /* whose record says since then whether his number works; "" = nobody's */
};

/* Notes an answer.  Who was reached has a number that works, a wrong one is noted in the resident's record.  before may be
 * NULL. */
bool verify_answer(struct app *app, int64_t item, const char *code, const char *note, struct verify_before *before,
	struct err *err);
/* The line and the record are as they were, both or neither; a note stays. */
bool verify_take_back(struct app *app, const struct verify_before *before, struct err *err);

/* Truth rate: true answers of all who answered (not those whom nobody reached), in hundredths of a percent; -1 = nobody
 * answered yet. */
struct verify_rate {
	const char *doctor;
	int64_t drawn, asked, answered, true_answers, rate;
};
bool verify_rates(struct app *app, int64_t draw, struct arena *mem, struct verify_rate **out, size_t *n, struct err *err);

#endif
