/* A finished report as plain data: sheets, rows, cells.  The figures come from app/service/reports.c; the screen shows
 * it as a table, tests compare it as text, app/report writes it as xlsx and csv.  Nothing here knows a file format.
 * No number is a double: decimals and percentages are scaled integers. */
#ifndef CUNYI_REPORT_H
#define CUNYI_REPORT_H

#include "app/base/base.h"
#include "app/base/mem.h"
#include "app/base/sbuf.h"

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,    /* text */
	CELL_INT,     /* num */
	CELL_DECIMAL, /* num, scaled by 10^places */
	CELL_PERCENT, /* num in hundredths of a per cent: 6543 is 65.43 % */
	CELL_DATE, /* num, a day number (date.h) */
	CELL_CODE, /* text, printed as a QR code */
};

/* What a cell is for; how that looks is the writer's business. */
enum cell_style {
	CELL_STYLE_PLAIN,
	CELL_STYLE_CENTRE,
	CELL_STYLE_LABEL, /* first column of a figure */
	CELL_STYLE_TOTAL,
	CELL_STYLE_HEAD,
	CELL_STYLE_WARN,
	CELL_STYLE_TITLE, /* these three overflow to the right: they do not count for a column's width */
	CELL_STYLE_NOTE,
	CELL_STYLE_MARK, /* "practice clinic" */
	CELL_STYLE_PAPER_TITLE, /* the last five are of printed forms: */
	CELL_STYLE_PAPER_LINE,  /* text without a frame */
	CELL_STYLE_PAPER_ITEM,  /* the words of the form, framed */
	CELL_STYLE_PAPER_BOX,   /* what was filled in, framed */
	CELL_STYLE_PAPER_LARGE, /* twice as large, for eyes that read little: slips for the resident */
	CELL_STYLE_COUNT
};

struct cell {
	uint8_t kind;  /* enum cell_kind */
	uint8_t style; /* enum cell_style */
	uint8_t places;
	uint8_t span; /* columns it goes over; 0 = 1.  The covered ones follow as empty cells */
	uint8_t rows; /* rows it goes down; 0 = 1.  The covered ones are empty cells of the rows below */
	uint8_t lines; /* its row is at least so many lines tall; 0 = 1 */
	union {
		int64_t num;
		const char *text; /* in the report's arena, or static; valid UTF-8 */
	} v;
};

enum chart_type { CHART_NONE, CHART_COLUMNS, CHART_BARS, CHART_LINES };

/* Rows first to last of two columns of the same sheet, drawn from row `at`, column `at_col` on. */
struct chart_spec {
	enum chart_type type;
	const char *title;
	size_t first, last;
	size_t categories, values; /* columns */
	size_t at, at_col;
	size_t series; /* columns of values side by side, named by the row above the first; 0 = one without a name */
};

enum { SHEET_MAX_COLS = 120 };

enum sheet_kind {
	SHEET_FIGURES, /* always in the report's own workbook */
	SHEET_LIST,    /* lists of people: in a second workbook when there are very many cells */
};

struct sheet {
	const char *name;
	enum sheet_kind kind;
	struct cell *cells;
	size_t n_cells, cap_cells;
	size_t *starts; /* of each row in cells */
	size_t n_rows, cap_rows;
	size_t n_cols; /* of the longest row */
	uint16_t widths[SHEET_MAX_COLS]; /* in columns of the screen */
	bool fixed[SHEET_MAX_COLS];      /* set by sheet_width(): contents do not count */
	size_t head_first, head_last;    /* header rows, printed on every page; frozen down to head_last ... */
	bool has_head;
	size_t frozen_cols; /* ... and to the right of these columns */
	bool landscape;
	bool one_page; /* printed on one sheet of paper, however tall */
	struct chart_spec chart;
	struct report *report;
};

struct report {
	struct arena mem;
	const char *period;  /* as asked for: "2026-10" */
	const char *title;   /* "Monthly report 2026-10" in the present language */
	const char *org;
	const char *mark;    /* first row and print header of every sheet of a practice clinic; NULL in a real one */
	const char *stamp;   /* in the print footer: number and hash of a frozen report; NULL */
	int32_t cutoff;      /* day number: stands as date of making, so that the same data give the same file */
	struct sheet **sheets;
	size_t n_sheets;
};

/* A report with no sheets.  The texts are copied. */
struct report *report_new(const char *period, const char *title, const char *org, int32_t cutoff);
void report_free(struct report *rep);
/* AUTO_REPORT struct report *rep = ...; */
void report_auto_free(struct report **rep);
#define AUTO_REPORT __attribute__((cleanup(report_auto_free)))
/* Before the first sheet. */
void report_set_mark(struct report *rep, const char *mark);
/* For the print footer; no part of the data, so the dump does not have it. */
void report_set_stamp(struct report *rep, const char *stamp);

/* Adds a sheet; with a mark its first row is there already. */
struct sheet *report_sheet(struct report *rep, enum sheet_kind kind, const char *name);
size_t report_cells(const struct report *rep);

/* Rows and cells are added at the end.  Text is copied into the report. */
void sheet_row(struct sheet *sh);
void sheet_empty(struct sheet *sh, enum cell_style style);
void sheet_text(struct sheet *sh, enum cell_style style, const char *text); /* NULL or "": empty */
/* The same without a copy, for text that lives as long as the report: static tables, text in rep->mem. */
void sheet_static(struct sheet *sh, enum cell_style style, const char *text);
void sheet_int(struct sheet *sh, enum cell_style style, int64_t num);
void sheet_decimal(struct sheet *sh, enum cell_style style, int64_t num, unsigned places);
void sheet_percent(struct sheet *sh, enum cell_style style, int64_t hundredths);
void sheet_date(struct sheet *sh, enum cell_style style, int32_t day); /* NO_DAY: empty */
/* A square QR code, as tall as its row: give the row lines.  Where there are no pictures its text stands. */
void sheet_code(struct sheet *sh, enum cell_style style, const char *text);
/* The cell just added goes over so many columns; the covered ones are added. */
void sheet_span(struct sheet *sh, unsigned cols);
/* The cell at this place goes down over so many rows, which are there already with an empty cell at each covered place. */
void sheet_down(struct sheet *sh, size_t row, size_t col, size_t rows);
/* The row of the cell just added is at least so many lines tall: room to write by hand. */
void sheet_lines(struct sheet *sh, unsigned lines);
/* A row of one text. */
void sheet_line(struct sheet *sh, enum cell_style style, const char *text);
/* The row just added is a header: repeated in print and frozen.  Several in a row may be. */
void sheet_head_row(struct sheet *sh);
/* Fixes a column's width in columns of the screen. */
void sheet_width(struct sheet *sh, size_t col, unsigned width);

/* The cells of a row. */
const struct cell *sheet_cells(const struct sheet *sh, size_t row, size_t *n);
/* A column's width in columns of the screen, at least 1, at most 60. */
unsigned sheet_col_width(const struct sheet *sh, size_t col);
/* Appends what a person reads in the cell: "1234", "7.0", "65.43%", "2026-10-31". */
void cell_text(const struct cell *cell, struct sbuf *out);

/* The whole report as text, one line a row, cells parted by tabs; the same data give the same text.  Tests compare it
 * and a frozen report is hashed over it. */
void report_dump(const struct report *rep, struct sbuf *out);
void sheet_dump(const struct sheet *sh, struct sbuf *out);

#endif
