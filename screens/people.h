/* How people are written on all screens: name, age and sex, group, whose husband or father tells two apart, allergies and
 * warnings. */
#ifndef CUNYI_PEOPLE_H
#define CUNYI_PEOPLE_H

#include "app/service/overview.h"
#include "app/service/receipts.h"
#include "app/service/search.h"
#include "screens/screens.h"

/* "女" / "f"; "" when not known. */
const char *sex_word(const char *code);
/* "71", "11个月" / "11 mo" below two years, "12天" / "12 d" below a month, "?" when not known. */
void age_words(int age, int32_t birth, int32_t today, struct sbuf *out);
/* The same with the sex, for the column of a list: "71女", "12天女", "11个月" or "11mo m" (six cells have no
 * room for the Chinese sex as well); the sex alone when the age (-1) is not known. */
void age_sex_words(int age, int32_t birth, int32_t today, const char *sex, struct sbuf *out);
/* "上坂1组": the village is named unless it is the clinic's own or the group says it already. */
void place_words(const struct app *app, const char *village_id, const char *village, const char *group, struct sbuf *out);
/* "夫陈阿水", "h. 陈阿水". */
void kin_brief(const char *relation, const char *name, struct sbuf *out);
/* "本人" / "self", "儿子 7710" / "7710 child": whose phone and its tail. */
void phone_words(const char *owner, const char *phone, struct sbuf *out);
/* "家属 7711": the number is his carer's. */
void carer_words(const char *phone, struct sbuf *out);
/* "高", "糖": one sign a programme for lists. */
const char *programme_short(const char *programme);
/* "****0048": the last four of a masked number; "". */
const char *id_tail(const char *masked);

/* "陈桂兰 女 71岁 上坂1组 夫陈阿水 ****0048". */
void person_head(const struct app *app, const struct search_hit *hit, struct sbuf *out);

/* "!青霉素过敏  高血压(2019) 糖尿病(2021)  !转诊追访 今天": what must be seen before anything else; "" when there is
 * nothing. */
void person_alerts(const struct app *app, const struct overview *o, struct sbuf *out);
/* The status of one who is not simply here: "外出", "死亡"; "". */
const char *status_words(const char *code);

/* "周日". */
const char *weekday_word(int32_t day);
/* "11-22" of an ISO day of this year, "2025-11-22" of another. */
const char *short_day(const struct app *app, const char *iso);
/* "11-22 09:41", "never". */
void instant_words(const struct app *app, int64_t at, struct sbuf *out);
/* "11-22 上坂祠堂": of an examination day.  The header of a screen that is about one: its title, then those words. */
bool exam_day_words(struct app *app, const char *id, struct sbuf *out, struct err *err);
void exam_day_header(const struct ui *ui, struct canvas *cv, const char *day, const char *right);
/* "今天", "超3天", "还9天" / "today", "3 days over", "in 9 days". */
void due_words(int32_t days_over, struct sbuf *out);
/* "^" "v" signs of where the county has it, with their words. */
const char *county_sign(enum county_state s);
const char *county_word(enum county_state s);
enum face county_face(enum county_state s);
/* The same for a person with all that is about him: "△1 need you ↑2 to send", or that the county has everything. */
void receipt_corner(const struct receipt_counts *c, struct sbuf *out);

#endif
