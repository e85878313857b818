/* The sheet of who lives here by age and sex, at the cut-off; the same bands as the pyramid on the screen. */
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/population.h"
#include "app/service/reports_int.h"

static const struct term sheet_ages = { "年龄性别", "Ages" };
static const struct term heads[] = { { "年龄(岁)", "Age" }, { "男", "Men" }, { "女", "Women" }, { "未知", "Not known" }, { "合计", "Total" } };
static const struct term total = { "合计", "Total" }, no_age = { "生日不详", "No birth date" };

static void put_row(struct sheet *sh, enum cell_style style, const char *name, const int64_t n[POPULATION_SEXES])
{
	int64_t sum = 0;

	sheet_row(sh);
	sheet_text(sh, style == CELL_STYLE_TOTAL ? style : CELL_STYLE_LABEL, name);
	for (int s = 0; s < POPULATION_SEXES; s++) {
		sheet_int(sh, style, n[s]);
		sum += n[s];
	}
	sheet_int(sh, style, sum);
}

static enum population_sex sex_of(const struct person *p)
{
	return p->sex == '1' ? POPULATION_MEN : p->sex == '2' ? POPULATION_WOMEN : POPULATION_UNSAID;
}

void sheets_ages(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_FIGURES, &sheet_ages);
	int64_t unborn[POPULATION_SEXES] = { 0 };
	struct population all = { .all = 0 };
	char band[8], day[DATE_LEN];
	size_t first;

	for (size_t i = 0; i < c->people.n; i++) {
		const struct person *p = &c->people.at[i];

		if (p->living && p->born == NO_DAY)
			unborn[sex_of(p)]++;
		else if (p->living)
			population_add(&all, population_band_of(date_age(p->born, c->cutoff)), sex_of(p), 1);
	}
	sheet_line(sh, CELL_STYLE_NOTE, arena_printf(&rep->mem, _("Living here, with a file, on %s"), date_iso(c->cutoff, day)));
	put_heads(sh, heads, N_ELEMENTS(heads));
	sheet_head_row(sh);
	first = sh->n_rows;
	for (size_t b = 0; b < POPULATION_BANDS; b++)
		put_row(sh, CELL_STYLE_PLAIN, population_band(b, 1, band, sizeof band), all.n[b]);
	sh->chart = (struct chart_spec){ CHART_COLUMNS, arena_strdup(&rep->mem, _("Living here, by age and sex")), first,
		sh->n_rows - 1, 0, 1, first - 1, 6, 2 };
	if (unborn[POPULATION_MEN] + unborn[POPULATION_WOMEN] + unborn[POPULATION_UNSAID])
		put_row(sh, CELL_STYLE_PLAIN, term_text(&no_age), unborn);
	for (int s = 0; s < POPULATION_SEXES; s++)
		all.of_sex[s] += unborn[s];
	put_row(sh, CELL_STYLE_TOTAL, term_text(&total), all.of_sex);
}
