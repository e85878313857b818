/* Schedules from seeds, and running them. */
#include "model.h"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/log.h"
#include "support/base/check.h"

enum { ODD = 11,
	DEAF = 4,
	PAIRS = 14 }; /* one schedule in so many */

static const struct {
	const char *name;
	unsigned weight;
} ops[OP_COUNT] = {
#define X(name, weight) { #name, weight },
	MODEL_OPS(X)
#undef X
};

const char *model_op_name(enum model_op op)
{
	return ops[op].name;
}

static enum model_op draw(struct rng *r)
{
	unsigned sum = 0, at;

	for (unsigned i = 0; i < OP_COUNT; i++)
		sum += ops[i].weight;
	at = rng_below(r, sum);
	for (unsigned i = 0; i < OP_COUNT; i++) {
		if (at < ops[i].weight)
			return (enum model_op)i;
		at -= ops[i].weight;
	}
	return OP_EDIT;
}

void model_schedule_make(struct model_schedule *s, uint64_t seed)
{
	struct rng r = { .s = seed };

	*s = (struct model_schedule){ .seed = seed };
	s->sticks = rng_chance(&r, 200);
	s->devices = s->sticks ? 2 + rng_below(&r, 2) : rng_chance(&r, 800) ? 2 + rng_below(&r, 2)
									    : 4 + rng_below(&r, 3);
	s->poison = rng_chance(&r, 300);
	s->deaf = seed % DEAF == DEAF - 1;
	s->odd = seed % ODD == ODD - 1; /* not drawn: what was drawn for a seed stays as it is */
	s->pairs = seed % PAIRS == 4;
	s->early = seed >= MODEL_EARLY;
	for (unsigned i = 0; i < MODEL_ACTIONS; i++) {
		struct model_action *a = &s->act[i];

		a->op = (uint8_t)(i < 3 ? OP_REGISTER : draw(&r));
		a->who = (uint8_t)rng_below(&r, 60);
		a->a = (uint16_t)rng_below(&r, 65536);
		a->b = (uint16_t)rng_below(&r, 65536);
	}
}

/* ---- words ---- */

void model_fail(struct model *m, const char *fmt, ...)
{
	va_list ap;
	int n;

	if (m->failed)
		return;
	m->failed = true;
	n = snprintf(m->words, MODEL_WORDS, "action %u: ", m->step);
	va_start(ap, fmt);
	vsnprintf(m->words + n, MODEL_WORDS - (size_t)n, fmt, ap);
	va_end(ap);
}

bool model_ok(struct model *m, bool ok, const struct err *err, const char *what)
{
	if (!ok)
		model_fail(m, "%s: %s %s %s", what, err->message, err->field, err->log);
	return ok;
}

void model_say(const struct model *m, const char *fmt, ...)
{
	va_list ap;

	if (!m->verbose)
		return;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

/* What the county was told of what the failure names. */
static void say_versions(const struct model *m)
{
	for (size_t i = 0; i < m->county.n; i++)
		if (strstr(m->words, m->county.versions[i].id))
			model_say(m, "version %u: %s", m->county.versions[i].number, m->county.versions[i].doc ? m->county.versions[i].doc : "gone");
}

static const char *says(const struct record *rec, const char *key)
{
	const char *text = form_index(rec->form, key) >= 0 ? record_text(rec, key) : NULL;

	return text ? text : "-";
}

/* What each revision of it says on a computer, which versions it contains, and when it was edited. */
static void say_history(struct model_device *d, const struct model_thing *t)
{
	AUTO_ARENA struct arena mem = { 0 };
	int64_t record = record_row(&d->app, t->kind, t->id);
	int64_t last = record ? model_ask_of(d, "SELECT revision FROM record WHERE kind = ?1 AND uid = ?2", t->kind, t->id) : 0;

	for (int64_t r = 1; r <= last; r++) {
		struct record *rec;
		enum kind_id kind;
		struct vector v;
		char text[VECTOR_TEXT];
		int64_t at;

		if (!record_load_revision(&d->app, record, r, &mem, &rec, &kind, &d->err) ||
			!record_vector(&d->app, record, r, &v, &at, &d->err))
			return;
		vector_text(&v, text);
		model_say(d->m, "   %u: revision %lld of %lld contains %s: %s, %s, %s", d->who, (long long)r, (long long)at, text,
			says(rec, "phone"), says(rec, "contact_name"), says(rec, "signs"));
	}
}

static void say_histories(struct model *m)
{
	for (size_t i = 0; i < m->n_things; i++)
		for (unsigned k = 0; strstr(m->words, m->things[i].id) && k < m->s->devices; k++)
			say_history(&m->d[k], &m->things[i]);
}

/* ---- running ---- */

bool model_run(const struct model_schedule *s, bool verbose, char words[MODEL_WORDS])
{
	struct model *m = xcalloc(1, sizeof(*m));
	bool ok;

	m->s = s;
	m->verbose = verbose;
	m->words = words;
	model_open(m);
	for (m->step = 0; m->step < MODEL_ACTIONS && !m->failed; m->step++)
		if (!s->left_out[m->step])
			model_act(m, &s->act[m->step]);
	if (!m->failed)
		model_rest(m);
	ok = !m->failed;
	if (ok)
		model_digest(m, words);
	else if (verbose) {
		say_versions(m);
		say_histories(m);
	}
	model_close(m);
	return ok;
}

struct child {
	pid_t pid;
	int pipe;
	uint64_t seed;
};

static struct child begin(const struct model_schedule *s, bool verbose)
{
	char words[MODEL_WORDS] = "";
	struct child c = { .seed = s->seed };
	struct err err;
	int ends[2];
	bool ok;

	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	c.pid = fork();
	assert_true(c.pid >= 0);
	if (c.pid) {
		close(ends[1]);
		c.pipe = ends[0];
		return c;
	}
	if (!verbose)
		dup2(ends[1], STDERR_FILENO); /* an assertion's words */
	if (!log_open("/dev/null", LOG_SIZE_MAX, &err)) /* the stories of rounds that fail, as they must */
		_exit(2);
	ok = model_run(s, verbose, words);
	if (write(ends[1], words, strlen(words)) < 0)
		_exit(2);
	_exit(!ok);
}

static bool end(const struct child *c, int status, char words[MODEL_WORDS])
{
	ssize_t n = read(c->pipe, words, MODEL_WORDS - 1);

	words[n > 0 ? n : 0] = '\0';
	close(c->pipe);
	if (WIFSIGNALED(status) && n <= 0)
		snprintf(words, MODEL_WORDS, "died of signal %d", WTERMSIG(status));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool model_run_apart(const struct model_schedule *s, bool verbose, char words[MODEL_WORDS])
{
	struct child c = begin(s, verbose);
	int status = 0;

	assert_int_equal(waitpid(c.pid, &status, 0), c.pid);
	return end(&c, status, words);
}

/* Waits for one of them and takes it from the list. */
static bool reap(struct child running[], unsigned *n, uint64_t *seed, char words[MODEL_WORDS])
{
	int status = 0;
	pid_t pid = wait(&status);

	for (unsigned i = 0; i < *n; i++)
		if (running[i].pid == pid) {
			struct child c = running[i];

			running[i] = running[--*n];
			*seed = c.seed;
			return end(&c, status, words);
		}
	assert_true(pid > 0);
	return true;
}

bool model_run_many(struct model_range r, uint64_t *bad, char words[MODEL_WORDS])
{
	struct child running[16] = { { 0 } };
	unsigned n = 0;
	bool ok = true;

	assert_true(r.jobs >= 1 && r.jobs <= N_ELEMENTS(running));
	while (n || ((ok || r.digests) && r.from <= r.to)) {
		char said[MODEL_WORDS] = "";
		uint64_t seed = 0;

		while ((ok || r.digests) && n < r.jobs && r.from <= r.to) {
			struct model_schedule s;

			model_schedule_make(&s, r.from++);
			running[n++] = begin(&s, false);
		}
		if (!reap(running, &n, &seed, said) && ok) {
			ok = false;
			*bad = seed;
			snprintf(words, MODEL_WORDS, "%s", said);
		}
		if (r.digests)
			printf("%llu %s\n", (unsigned long long)seed, said);
	}
	return ok;
}

/* Does it fail in the same way?  The invariant's number, after the action. */
static bool same_fault(const char *a, const char *b)
{
	a = strchr(a, ':');
	b = strchr(b, ':');
	return a && b && strncmp(a, b, 5) == 0;
}

/* Leaves out so many at a time; does it fail still? */
static bool cut(struct model_schedule *s, unsigned size, char words[MODEL_WORDS])
{
	char said[MODEL_WORDS];
	bool shorter = false;

	for (unsigned at = 0; at < MODEL_ACTIONS; at += size) {
		struct model_schedule less = *s;

		memset(less.left_out + at, 1, (at + size > MODEL_ACTIONS ? MODEL_ACTIONS - at : size) * sizeof(bool));
		if (memcmp(less.left_out, s->left_out, sizeof(less.left_out)) == 0 || model_run_apart(&less, false, said) ||
			!same_fault(said, words))
			continue;
		*s = less;
		snprintf(words, MODEL_WORDS, "%s", said);
		shorter = true;
	}
	return shorter;
}

void model_shrink(struct model_schedule *s, char words[MODEL_WORDS])
{
	for (unsigned size = MODEL_ACTIONS / 4; size; size = cut(s, size, words) && size == 1 ? 1 : size / 2)
		;
}
