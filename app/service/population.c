#include "app/service/population.h"

#include "app/base/date.h"
#include "app/service/people_lists.h"
#include "db/stmt.h"

enum { ELDERS = 65 };

const char *population_band(size_t band, size_t n, char *out, size_t size)
{
	const unsigned from = (unsigned)band * POPULATION_YEARS;

	if (band + n < POPULATION_BANDS)
		snprintf(out, size, "%u-%u", from, from + (unsigned)n * POPULATION_YEARS - 1);
	else
		snprintf(out, size, "%u+", from);
	return out;
}

size_t population_band_of(int age)
{
	const size_t band = age > 0 ? (size_t)age / POPULATION_YEARS : 0;

	return band < POPULATION_BANDS ? band : POPULATION_BANDS - 1;
}

void population_add(struct population *p, size_t band, enum population_sex sex, int64_t n)
{
	p->n[band][sex] += n;
	p->of_sex[sex] += n;
	p->all += n;
	if (band * POPULATION_YEARS >= ELDERS)
		p->elders += n;
}

bool population_read(struct app *app, int64_t village, struct population *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "population");
	const int32_t day = app_today(app);
	const int months = away_months(app);
	char today[DATE_LEN], away[DATE_LEN];
	bool row;

	*out = (struct population){ .all = 0 };
	stmt_bind_text(st, "today", date_iso(day, today));
	if (village)
		stmt_bind_int(st, "village", village);
	if (months > 0)
		stmt_bind_text(st, "away", date_iso(date_add_months(day, -months), away));
	for (;;) {
		enum population_sex who;
		int32_t born;
		char sex;

		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		born = date_day(stmt_text(st, 0));
		sex = *stmt_text(st, 1);
		who = sex == '1' ? POPULATION_MEN : sex == '2' ? POPULATION_WOMEN : POPULATION_UNSAID;
		if (born != NO_DAY) {
			population_add(out, population_band_of(date_age(born, day)), who, 1);
			continue;
		}
		out->of_sex[who]++;
		out->all++;
		out->ageless++;
	}
}
