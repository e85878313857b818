/* Which screens there are: the list behind `:`. */
#include "screens/screens.h"

const struct screen_row screen_rows[] = {
	{ &today_screen, { "今日", "Today" }, "jinri jr shouye", false },
	{ &queue_screen, { "候诊", "Queue" }, "houzhen hz guahao gh menzhen", false },
	{ &log_screen, { "门诊日志", "Outpatient log" }, "menzhenrizhi mzrz rizhi rz", false },
	{ &find_screen, { "查找居民", "Find a resident" }, "chazhao cz jumin jm zhaoren", false },
	{ &register_screen, { "登记新居民", "Register a resident" }, "dengji dj xinjumin jiandang", false },
	{ &resident_screen, { "居民页", "The resident's page" }, "jumin jm", true },
	{ &timeline_screen, { "时间线", "Timeline" }, "shijianxian sjx lishi", true },
	{ &trend_screen, { "趋势", "Trend" }, "qushi qs xueya xuetang", true },
	{ &code_screen, { "二维码", "QR code" }, "erweima ewm", true },
	{ &history_screen, { "档案修改历史", "Changes of the record" }, "xiugai xg lishi", true },
	{ &enrolment_screen, { "纳入慢病", "Enrol on a roster" }, "naru nr manbing mb", true },
	{ &followup_screen, { "随访", "Follow-up" }, "suifang sf", true },
	{ &visit_screen, { "门诊", "Visit" }, "menzhen mz jiuzhen jz", true },
	{ &referral_screen, { "转诊", "Referral" }, "zhuanzhen zz", true },
	{ &contract_screen, { "签约", "Contract" }, "qianyue qy xuqian", true },
	{ &screening_screen, { "筛查登记", "Screening" }, "shaicha sc ceya cy", true },
	{ &screening_list_screen, { "筛查登记本 高危", "The screening book" }, "shaichaben scb gaowei gw", false },
	{ &refusal_screen, { "拒绝记录", "Refusal" }, "jujue jj jufang jf", true },
	{ &note_screen, { "便签", "Note" }, "bianqian bq beizhu bz", true },
	{ &phone_screen, { "电话", "Telephone" }, "dianhua dh", true },
	{ &batch_screen, { "补录", "Entry of paper" }, "bulu bl luru", false },
	{ &round_screen, { "上门单", "The round" }, "shangmendan smd xunfang", false },
	{ &contracts_screen, { "签约名单", "Contracts" }, "qianyuemingdan qymd xuqian xq", false },
	{ &services_screen, { "履约记录", "Services given" }, "lvyue ly lvyuejilu", true },
	{ &household_sign_screen, { "全家签约", "The household signs" }, "quanjiaqianyue qjqy", true },
	{ &exam_screen, { "健康体检", "Examination" }, "tijian tj", true },
	{ &consultation_screen, { "会诊", "Consultation" }, "huizhen hz", true },
	{ &notice_screen, { "传染病报告卡", "Infectious disease report" }, "chuanranbing crb baoka bk yiqing", true },
	{ &exam_days_screen, { "体检日", "Examination days" }, "tijianri tjr xianchang", false },
	{ &lab_files_screen, { "化验单导入", "Laboratory sheet" }, "huayandan hyd daoru jianyan", false },
	{ &household_screen, { "家庭", "Household" }, "jiating jt", true },
	{ &newborn_screen, { "新生儿", "Newborn" }, "xinshenger xse chusheng", true },
	{ &away_screen, { "返乡名单 外出", "Away, home for the festival" }, "fanxiang fx waichu wc", false },
	{ &after_death_screen, { "死后记录", "Records after a death" }, "sihou sh siwang", false },
	{ &dead_phones_screen, { "电话失效", "Telephone numbers that do not work" }, "dianhua dh shixiao", false },
	{ &no_number_screen, { "无身份证号的人", "People without an identity number" }, "wuhao wh wuzhengjian", false },
	{ &verify_screen, { "电话核实自查", "Telephone verification" }, "hecha hc heshi zicha", false },
	{ &imports_screen, { "导入居民名册", "Take in a list of residents" }, "daoru dr drjm mingce mc excel", false },
	{ &duplicates_screen, { "重复档案", "Files of one person" }, "chongfu cf dangan hebing hb", false },
	{ &rosters_screen, { "慢病花名册", "Rosters" }, "manbing mb mingdan md huamingce hmc benji", false },
	{ &reports_screen, { "报表", "Reports" }, "baobiao bb yuebao", false },
	{ &population_screen, { "人口金字塔", "Population pyramid" }, "renkoujinzita rkjzt rk", false },
	{ &sync_screen, { "同步情况", "Exchange with the county" }, "tongbu tb shangchuan U盘 upan up stick usb", false },
	{ &conflicts_screen, { "分歧", "Disputes" }, "fenqi fq churu cr chongtu ct", false },
	{ &lacking_screen, { "县里还缺", "What the county lacks" }, "xianlihaique xlhq weichuan wc quede", false },
	{ &hub_screen, { "主机", "The clinic's hub" }, "zhuji zj duotai dt jiaru", false },
	{ &drafts_screen, { "草稿", "Drafts" }, "caogao cg", false },
	{ &login_screen, { "换人", "Change who works" }, "huanren hr denglu", false },
	{ &staff_list_screen, { "工作人员", "Staff" }, "renyuan ry yisheng", false },
	{ &team_list_screen, { "签约团队", "Teams" }, "tuandui td", false },
	{ &package_list_screen, { "服务包", "Packages" }, "fuwubao fwb", false },
	{ &village_list_screen, { "村(居)委会", "Villages" }, "cun", false },
	{ &organisation_list_screen, { "机构", "Institutions" }, "jigou jg yiyuan", false },
	{ &settings_screen, { "设置", "Settings" }, "shezhi sz", false },
	{ &county_screen, { "连县平台", "The way to the county" }, "lianxianpingtai lxpt miyao my zhengshu zs daili", false },
	{ &county_key_screen, { "本机密钥", "This computer's key" }, "benjimiyao bjmy", false },
};
const size_t screen_row_count = N_ELEMENTS(screen_rows);

/* Screens that are not gone to by name. */
static const struct screen *const others[] = { &record_screen, &household_form_screen, &merge_screen,
	&import_screen, &lab_screen, &exam_day_screen, &exam_day_form_screen,
	&staff_screen, &team_screen, &organisation_screen, &package_screen, &service_screen,
	&hub_code_screen };

const struct screen *screen_named(const char *name)
{
	for (size_t i = 0; i < screen_row_count; i++)
		if (!strcmp(screen_rows[i].screen->name, name))
			return screen_rows[i].screen;
	for (size_t i = 0; i < N_ELEMENTS(others); i++)
		if (!strcmp(others[i]->name, name))
			return others[i];
	return NULL;
}

const struct screen *screen_of_kind(enum kind_id kind)
{
	static const char *const names[KIND_MAX] = {
		[KIND_RESIDENT] = "register",  [KIND_FOLLOWUP] = "followup", [KIND_VISIT] = "visit",
		[KIND_CONTRACT] = "contract",  [KIND_ENROLMENT] = "enrolment", [KIND_EXAM] = "exam",
		[KIND_SCREENING] = "screening", [KIND_REFUSAL] = "refusal",    [KIND_NOTE] = "note",
		[KIND_REFERRAL] = "referral",  [KIND_STAFF] = "staff",       [KIND_TEAM] = "team",
		[KIND_ORGANISATION] = "organisation", [KIND_HOUSEHOLD] = "household-form", [KIND_PACKAGE] = "package",
		[KIND_NOTICE] = "notice",      [KIND_CONSULTATION] = "consultation",
		[KIND_SERVICE] = "service",
		[KIND_EXAM_DAY] = "exam-day-form",
	};

	return kind > KIND_NONE && kind < KIND_MAX && names[kind] ? screen_named(names[kind]) : NULL;
}
