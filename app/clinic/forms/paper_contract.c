/* 家庭医生签约服务协议书 as it is signed in two copies: the parties, the term; below the tables that the service prints (packages,
 * items, fees) what both promise, how it ends, both signatures.  The wording follows the ministry's guidance of 2018 (国卫基层发
 * 〔2018〕35号: parties, content, rights and duties, term, fee, ending); counties word it in their own ways. */
#include "app/clinic/forms/paper_int.h"

/* clang-format off */

static const struct paper_line parties[] = {
	PAPER_S("甲方(居民)", "Resident"),
	PAPER_F("姓名", "Name", "{resident.name}    性别 {resident.sex}    年龄 {resident.age}    出生日期 {resident.birth_date}",
		"{resident.name}    sex {resident.sex}    age {resident.age}    born {resident.birth_date}"),
	PAPER_F("身份证号", "ID number", "{resident.id_number}    档案编号 {resident.file_no}",
		"{resident.id_number}    file number {resident.file_no}"),
	PAPER_F("现住址", "Address", "{resident.place}", "{resident.place}"),
	PAPER_F("联系电话", "Telephone", "{resident.phone|resident.contact_phone}", "{resident.phone|resident.contact_phone}"),
	PAPER_F("重点人群", "Key groups", "{key_groups}", "{key_groups}"),
	PAPER_S("乙方(服务团队)", "Team"),
	PAPER_F("机构", "Institution", "{clinic.name}", "{clinic.name}"),
	PAPER_F("签约团队", "Team", "{team}    家庭医生 {doctor}", "{team}    family doctor {doctor}"),
	PAPER_S("服务期限", "Term"),
	PAPER_F("起止日期", "From, to", "自 {start} 起 至 {end} 止, 共 {years} 年", "from {start} to {end}, {years} year(s)"),
};

static const struct paper_line terms[] = {
	PAPER_L("甲乙双方本着平等、尊重和自愿的原则签订本协议, 约定如下:", "Both parties agree, as equals and of their own will:"),
	PAPER_L("一、乙方按上表的项目和次数为甲方提供服务, 保护甲方的隐私, 服务后记录并请甲方确认。",
		"1. The team gives the services of the table above as often as it says, keeps what it learns to itself, and "
		"has each service confirmed."),
	PAPER_L("二、甲方如实提供健康状况, 配合服务; 病情、住址、电话有变化时及时告知乙方。",
		"2. The resident tells truly how he is, takes part, and says at once when illness, address or telephone change."),
	PAPER_L("三、一位居民同一时期只能与一个团队签约; 期满前可以续签或改签其他团队。",
		"3. A resident has one team at a time; before the end he may renew or choose another team."),
	PAPER_L("四、甲方迁出、死亡或双方协商一致时协议终止; 单方解约须说明理由并通知对方。",
		"4. It ends when the resident moves away or dies, or both agree; who ends it alone gives the reason."),
	PAPER_L("五、本协议一式两份, 甲乙双方各执一份, 签字或按手印后生效。",
		"5. Two copies, one for each; valid when signed or thumb-printed."),
	PAPER_S("甲方", "Resident"),
	{ .part = PAPER_FACT, .label = { "签字或手印", "Signature or thumb" }, .lines = 4,
	  .text = { "签约人 {signed_by} {signer_name} {signer_relation}    方式 {sign_method}    日期 {signed_on}\n"
		    "?见证人 {witness}",
		    "signed by {signed_by} {signer_name} {signer_relation}    {sign_method}    on {signed_on}\n"
		    "?witness {witness}" } },
	PAPER_S("乙方", "Team"),
	{ .part = PAPER_FACT, .label = { "医生签字、机构盖章", "Doctor, seal" }, .lines = 4,
	  .text = { "家庭医生 {doctor}    日期 {signed_on}", "family doctor {doctor}    on {signed_on}" } },
};

const struct paper_layout contract_paper = { KIND_CONTRACT, parties, N_ELEMENTS(parties) };
const struct paper_layout contract_terms_paper = { KIND_CONTRACT, terms, N_ELEMENTS(terms) };
