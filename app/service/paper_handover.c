/* 居民健康档案移交单: what the next place needs at once of somebody who moved away.  It stands behind his file when that is
 * printed; the file goes with it. */
#include "app/base/date.h"
#include "app/programmes/programmes.h"
#include "app/service/overview.h"
#include "app/service/paper_int.h"
#include "db/stmt.h"

static const struct paper_line head[] = {
	PAPER_T("居民健康档案移交单", "Hand-over of a health file"),
	PAPER_F("姓名", "Name", "{name}    性别 {sex}    出生日期 {birth_date}    档案编号 {file_no}",
		"{name}    sex {sex}    born {birth_date}    file number {file_no}"),
	PAPER_F("迁出", "Moved", "{moved_on}    原因 {moved_why}    迁往 {moved_to}", "{moved_on}    why {moved_why}    to {moved_to}"),
	PAPER_F("联系电话", "Telephone", "{phone|contact_phone}    联系人 {contact_name}",
		"{phone|contact_phone}    contact {contact_name}"),
	PAPER_F("药物过敏史", "Drug allergy", "{drug_allergy} {drug_allergy_other}", "{drug_allergy} {drug_allergy_other}"),
	PAPER_F("既往史 疾病", "Past disease", "{past_disease}", "{past_disease}"),
};

static const struct paper_line foot[] = {
	{ .part = PAPER_FACT, .label = { "移交单位", "Handed over by" }, .lines = 3,
	  .text = { "{clinic.name}    移交人 ________    日期 ________", "{clinic.name}    name ________    date ________" } },
	{ .part = PAPER_FACT, .label = { "接收单位", "Received by" }, .lines = 3,
	  .text = { "________________    接收人 ________    日期 ________", "________________    name ________    date ________" } },
	PAPER_L("接收后请把本单一联寄回。", "Please send one copy back."),
};

static void put_roster(struct paper *p, struct stmt *st)
{
	static const uint8_t cols[] = { 4, 4, 4, 4, PAPER_COLS - 16 };
	const struct programme *of = programme_by_code(stmt_text(st, 0));
	const char *const text[] = { of ? term_text(&of->title) : stmt_text(st, 0), stmt_text(st, 1), stmt_text(st, 2),
		stmt_text(st, 3), paper_word(of && of->followup ? form_field(of->followup, "class") : NULL, stmt_text(st, 4)) };

	paper_cells(p, CELL_STYLE_PAPER_ITEM, cols, text, N_ELEMENTS(cols));
}

static bool put_rosters(struct paper *p, struct err *err)
{
	static const struct paper_line heads[] = {
		PAPER_F("慢病管理", "Rosters", "项目, 纳入日期, 末次随访, 测量值, 分类", "programme, enrolled, last follow-up, value, class"),
	};
	AUTO_STMT struct stmt *st = stmt_get(p->app->db, "handover_rosters");
	bool row = true;

	paper_lines(p, heads, N_ELEMENTS(heads));
	stmt_bind_int(st, "resident", record_row(p->app, KIND_RESIDENT, p->rec->meta.id));
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		put_roster(p, st);
	}
}

/* Drugs now taken, the contract that ended, referrals that are open still: whoever receives him goes on from there. */
static bool put_open(struct paper *p, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(p->app->db, "handover_open");
	struct overview o;
	AUTO_SBUF struct sbuf drugs = SBUF_INIT;
	bool row;

	if (!overview_read(p->app, p->rec->meta.id, p->mem, &o, err))
		return false;
	overview_drugs(&o, &drugs);
	paper_box(p, _("Taking"), drugs.s ? drugs.s : "", 2);
	stmt_bind_int(st, "resident", o.row);
	if (!stmt_step(st, &row, err))
		return false;
	paper_box(p, _("Contract"), row && stmt_text(st, 0) ? arena_printf(p->mem, _("%s, ended on %s"), stmt_text(st, 0),
		stmt_text(st, 1) ? stmt_text(st, 1) : "-") : "", 1);
	paper_box(p, _("Open referrals"), row ? arena_printf(p->mem, "%lld", (long long)stmt_int(st, 2)) : "0", 1);
	return true;
}

bool paper_handover(struct paper *p, struct err *err)
{
	paper_begin(p, _("Hand-over"));
	paper_lines(p, head, N_ELEMENTS(head));
	if (!put_rosters(p, err) || !put_open(p, err))
		return false;
	paper_lines(p, foot, N_ELEMENTS(foot));
	return true;
}
