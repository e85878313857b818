/* The service record of a contract: what was agreed and done, and each service with room for the resident's signature. */
#include "app/service/contract_plan.h"
#include "app/service/contract_services.h"
#include "app/service/paper_int.h"

enum { BLANK_LINES = 4,
	DATE_COLS = 3,
	ITEM_COLS = 3,
	WHAT_COLS = 6,
	BY_COLS = 3,
	SIGN_COLS = PAPER_COLS - 15 };

static void put_service(struct paper *p, enum cell_style style, const char *const text[5])
{
	static const uint8_t cols[] = { DATE_COLS, ITEM_COLS, WHAT_COLS, BY_COLS, SIGN_COLS };

	sheet_row(p->sh);
	for (size_t i = 0; i < N_ELEMENTS(cols); i++) {
		sheet_text(p->sh, style, text[i]);
		if (!i)
			sheet_lines(p->sh, 2); /* a thumb needs room */
		sheet_span(p->sh, cols[i]);
	}
}

static bool put_counters(struct paper *p, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct fulfilment f;

	if (!contract_fulfilment(p->app, p->rec, &f, err))
		return false;
	contract_fulfilment_text(&f, &text);
	paper_box(p, _("Done"), text.s, 1);
	return true;
}

bool paper_services(struct paper *p, struct err *err)
{
	struct contract_service *v;
	size_t n;

	if (!contract_services(p->app, p->rec, p->mem, &v, &n, err))
		return false;
	paper_wide(p, CELL_STYLE_PAPER_TITLE, _("Services given"), 2);
	if (!put_counters(p, err))
		return false;
	put_service(p, CELL_STYLE_PAPER_ITEM,
		(const char *const[]){ _("Date"), _("Service"), _("What was done"), _("Given by"), _("Signature or thumb print") });
	for (size_t i = 0; i < n; i++)
		put_service(p, CELL_STYLE_PAPER_BOX,
			(const char *const[]){ v[i].day, term_text(v[i].item), v[i].what, v[i].by, v[i].signed_ });
	for (size_t i = 0; i < BLANK_LINES; i++)
		put_service(p, CELL_STYLE_PAPER_BOX, (const char *const[]){ "", "", "", "", "" });
	return true;
}
