/* How much of a download is asked for again.  The ten minutes before its place may hold what became visible late, but after a large
 * push they hold thousands that are here already.  Where so many are known there, two counts are asked for first:
 *
 *	nothing can become visible there any more, and their number is as it was    what is newer is all there is to ask for
 *	they are not over, and their number is as it was                            a commit may have replaced one of them: they are
 *	                                                                            looked at when they are over, and the place stays
 *	                                                                            until then; what is newer comes meanwhile
 *	else                                                                        all of them, as ids and versions
 */
#include "sync/pace.h"
#include "sync/pull_int.h"

enum { MANY = 20 };

static int64_t many(const struct sync *s)
{
	return s->o->many ? s->o->many : MANY;
}

/* -1 and less: so many and one. */
static int64_t known_in(const struct cursor *c)
{
	return c->seen >= 0 ? c->seen : -1 - c->seen;
}

int64_t window_seen(const struct cursor *c, int64_t seen, bool sure)
{
	return !c->from_window || !c->page ? -1 : sure ? seen : -1 - seen;
}

static bool is_over(const struct sync *s, const struct cursor *c)
{
	return server_now(s) >= c->hw + pull_overlap(s);
}

static bool has_outlines(const struct sync *s, const struct cursor *c)
{
	return !s->remote.posts && !s->tells_all && !c->name && strcmp(c->type, "Task") != 0;
}

bool window_begin(struct sync *s, struct cursor *c, struct err *err)
{
	int64_t newer, window = -1, known = known_in(c);
	bool large = known >= many(s), same;

	/* After a large push most of what is new there is our own: ids and versions will do to know it again. */
	c->outlines = s->figures->pushed >= many(s) && has_outlines(s, c);
	if (c->page || !c->hw || (c->seen < 0 && !large))
		return true;
	if (!pull_count(s, c, c->hw + 1, 0, &newer, err) || ((newer == 0 || (newer > 0 && large)) &&
		!pull_count(s, c, c->hw - pull_overlap(s), c->hw + 1, &window, err)))
		return false;
	same = window == known && (c->seen >= 0 || !is_over(s, c));
	c->quiet = same && newer == 0;
	c->beyond = same && newer > 0 && (c->seen >= 0 || newer <= pace_page(s));
	c->passing = c->beyond && c->seen < 0;
	c->outlines |= !c->beyond && large && newer >= 0 && newer < known && has_outlines(s, c);
	return true;
}
