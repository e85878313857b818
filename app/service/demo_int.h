/* Between the files of the practice clinic. */
#ifndef CUNYI_DEMO_INT_H
#define CUNYI_DEMO_INT_H

#include "app/base/rng.h"
#include "app/service/demo.h"
#include "app/service/packages.h"
#include "app/service/record.h"

struct person {
	int32_t born;
	bool female, hypertension, diabetes, copd, enrolled, died; /* enrolled: for hypertension */
	int surname;       /* index */
	char given[8];     /* one or two hanzi */
	int32_t died_on;
	int sbp, dbp;      /* his own level */
	const char *relation; /* to the head of his household, as the form's codes */
};

enum { HOUSEHOLD_MAX = 8 };
struct family {
	struct person *members[HOUSEHOLD_MAX];
	size_t n;
};

struct demo {
	struct app *app;
	const struct demo_options *o;
	struct demo_result *result;
	struct rng rng;
	int32_t today;
	int64_t now; /* of the manual clock */
	struct work work;
	size_t in_work; /* records since the last commit */

	size_t n_villages;
	char (*villages)[RECORD_ID_MAX + 1];
	char (*doctors)[RECORD_ID_MAX + 1]; /* of the village */
	int64_t *doctor_rows;
	char clerk[RECORD_ID_MAX + 1]; /* saves what is no care: the clinic itself, people, households */
	int64_t clerk_row;
	size_t village; /* whose people are made now: its doctor saves the rest */
	char (*teams)[RECORD_ID_MAX + 1];
	char hospital[RECORD_ID_MAX + 1];
	struct packages packages; /* in the arena of demo_make() */
	const struct record *exam_usual; /* an examination of somebody who is well, to be copied; in the same arena */
	uint32_t *serials; /* next health-file number of the village */
};

/* demo_people.c: who lives in a village. */
const char *demo_surname(int i);
const char *demo_village_name(size_t i, char out[64]);
/* Fills people[n] and groups them into families; returns the number of families.  The arena holds them. */
size_t demo_people(struct demo *d, struct person *people, size_t n, struct arena *mem, struct family **families);
void demo_id_number(const struct person *p, struct rng *rng, char out[19]);

/* What is made of one person. */
struct course {
	struct demo *d;
	const struct person *p;
	const struct record *resident;
	size_t village;
	struct arena *mem;
	int32_t until; /* his last day here */
};

/* demo_roster.c: the rosters he is on, "htn,dm"; their enrolments, follow-ups and referrals. */
void demo_rosters_of(const struct person *p, struct sbuf *out);
bool demo_rosters(struct course *c, struct err *err);
void demo_blood_pressure(struct course *c, struct record *rec, bool after_uncontrolled);
/* What he smokes, drinks and weighs: the same at each of his visits.  In the scale of the forms. */
struct demo_habits {
	bool smokes, drinks;
	int cigarettes, weight, height, liquor, times, minutes;
	struct rng rest; /* further habits */
};
struct demo_habits demo_habits_of(const struct person *p);
/* His usual fasting glucose when he is diabetic, in tenths. */
int demo_glucose_level(const struct person *p);
/* What he takes for the diseases of his rosters, as the examination asks it. */
void demo_exam_drugs(struct course *c, struct record *rec);
/* Generators of their own: what is drawn from one changes nothing else.  Index tells apart what is drawn for one person. */
struct rng demo_own_rng(const struct person *p, unsigned index);
struct record *demo_new(const struct course *c, enum kind_id kind, const char *programme);
int demo_number(struct course *c, int lo, int hi);

/* demo_exam.c: the examination of somebody who is well; everything else of one of his, which holds the day; the yearly
 * service of the elderly that goes with it. */
const struct record *demo_exam_usual(struct arena *mem);
void demo_exam_fill(struct course *c, struct record *rec, const char *rosters, bool old);
bool demo_elderly(struct course *c, const struct record *exam, struct err *err);

/* demo_odd.c: what does not go its usual way.  A contract in force may have ended, be about to, or cost something; who has
 * none may have got one that is not signed, or that ran out: from when, and what makes it so. */
void demo_odd_contract(struct course *c, struct record *rec, int32_t start);
enum demo_unsigned { DEMO_NEVER,
	DEMO_REFUSED,
	DEMO_WAITS,
	DEMO_RAN_OUT };
enum demo_unsigned demo_odd_unsigned(const struct course *c, int32_t *start);
void demo_odd_unsign(const struct course *c, struct record *rec, enum demo_unsigned how);
/* Referrals down and refused, refusals, a visit that nobody finished. */
bool demo_odd_care(struct course *c, struct err *err);

/* demo_course.c: what happened to a person since he is on a list. */
bool demo_course(struct demo *d, const struct person *p, const struct record *resident, size_t village,
	struct arena *mem, struct err *err);

/* Puts one record at a moment of a day, as if entered then (or late). */
bool demo_put(struct demo *d, enum kind_id kind, struct record *rec, int32_t day, struct err *err);
/* A new record of a kind about a resident. */
struct record *demo_record(struct demo *d, struct arena *mem, enum kind_id kind, const char *programme,
	const struct record *resident, size_t village);
/* About normal, mean 0, standard deviation 1000. */
int demo_normal(struct rng *r);
/* Index by weight; the weights end with 0. */
int demo_pick(struct rng *r, const unsigned *weights);

#endif
