#include "app/clinic/icd10.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"

/* clang-format off */

const struct icd10 icd10_list[] = {
	{ "A01.0", { "伤寒", "Typhoid fever" }, "", 3 },
	{ "A03.9", { "细菌性痢疾", "Shigellosis" }, "菌痢", 3 },
	{ "A09", { "感染性腹泻", "Infectious diarrhoea and gastroenteritis" }, "急性胃肠炎,肠炎", 1 },
	{ "A15.0", { "肺结核, 痰镜检证实", "Tuberculosis of lung, confirmed by sputum microscopy" }, "菌阳肺结核", 3 },
	{ "A16.2", { "肺结核", "Tuberculosis of lung, without bacteriological confirmation" }, "", 2 },
	{ "A37.9", { "百日咳", "Whooping cough" }, "", 3 },
	{ "A38", { "猩红热", "Scarlet fever" }, "", 3 },
	{ "A46", { "丹毒", "Erysipelas" }, "", 2 },
	{ "A53.9", { "梅毒", "Syphilis" }, "", 3 },
	{ "A54.9", { "淋病", "Gonococcal infection" }, "", 3 },
	{ "A75.3", { "恙虫病", "Scrub typhus" }, "", 3 },
	{ "A82.9", { "狂犬病", "Rabies" }, "", 3 },
	{ "A90", { "登革热", "Dengue fever" }, "", 3 },
	{ "B00.9", { "单纯疱疹", "Herpes simplex infection" }, "口唇疱疹", 2 },
	{ "B01.9", { "水痘", "Varicella" }, "", 2 },
	{ "B02.9", { "带状疱疹", "Zoster" }, "缠腰龙", 2 },
	{ "B05.9", { "麻疹", "Measles" }, "", 3 },
	{ "B06.9", { "风疹", "Rubella" }, "", 3 },
	{ "B07", { "病毒性疣", "Viral warts" }, "寻常疣", 3 },
	{ "B08.4", { "手足口病", "Hand, foot and mouth disease" }, "", 2 },
	{ "B15.9", { "甲型肝炎", "Hepatitis A" }, "", 3 },
	{ "B16.9", { "急性乙型肝炎", "Acute hepatitis B" }, "", 3 },
	{ "B18.1", { "慢性乙型肝炎", "Chronic viral hepatitis B" }, "乙肝", 2 },
	{ "B18.2", { "慢性丙型肝炎", "Chronic viral hepatitis C" }, "丙肝", 3 },
	{ "B26.9", { "流行性腮腺炎", "Mumps" }, "腮腺炎", 2 },
	{ "B34.9", { "病毒感染", "Viral infection" }, "", 2 },
	{ "B35.1", { "甲癣", "Tinea unguium" }, "灰指甲", 2 },
	{ "B35.3", { "足癣", "Tinea pedis" }, "脚气", 2 },
	{ "B35.4", { "体癣", "Tinea corporis" }, "", 2 },
	{ "B36.0", { "花斑癣", "Pityriasis versicolor" }, "汗斑", 3 },
	{ "B37.0", { "口腔念珠菌病", "Candidal stomatitis" }, "鹅口疮", 3 },
	{ "B37.3", { "念珠菌性阴道炎", "Candidiasis of vulva and vagina" }, "霉菌性阴道炎", 2 },
	{ "B54", { "疟疾", "Malaria" }, "", 3 },
	{ "B65.9", { "血吸虫病", "Schistosomiasis" }, "", 3 },
	{ "B76.9", { "钩虫病", "Hookworm disease" }, "", 3 },
	{ "B77.9", { "蛔虫病", "Ascariasis" }, "", 3 },
	{ "B80", { "蛲虫病", "Enterobiasis" }, "", 3 },
	{ "B86", { "疥疮", "Scabies" }, "", 2 },
	{ "U07.1", { "新型冠状病毒感染", "COVID-19" }, "新冠", 2 },
	{ "C11.9", { "鼻咽恶性肿瘤", "Malignant neoplasm of nasopharynx" }, "鼻咽癌", 3 },
	{ "C15.9", { "食管恶性肿瘤", "Malignant neoplasm of oesophagus" }, "食管癌", 3 },
	{ "C16.9", { "胃恶性肿瘤", "Malignant neoplasm of stomach" }, "胃癌", 3 },
	{ "C18.9", { "结肠恶性肿瘤", "Malignant neoplasm of colon" }, "结肠癌", 3 },
	{ "C20", { "直肠恶性肿瘤", "Malignant neoplasm of rectum" }, "直肠癌", 3 },
	{ "C22.9", { "肝恶性肿瘤", "Malignant neoplasm of liver" }, "肝癌", 3 },
	{ "C34.9", { "支气管或肺恶性肿瘤", "Malignant neoplasm of bronchus or lung" }, "肺癌", 3 },
	{ "C50.9", { "乳房恶性肿瘤", "Malignant neoplasm of breast" }, "乳腺癌", 3 },
	{ "C53.9", { "子宫颈恶性肿瘤", "Malignant neoplasm of cervix uteri" }, "宫颈癌", 3 },
	{ "C61", { "前列腺恶性肿瘤", "Malignant neoplasm of prostate" }, "前列腺癌", 3 },
	{ "C73", { "甲状腺恶性肿瘤", "Malignant neoplasm of thyroid gland" }, "甲状腺癌", 3 },
	{ "D17.9", { "脂肪瘤", "Lipoma" }, "", 3 },
	{ "D25.9", { "子宫平滑肌瘤", "Leiomyoma of uterus" }, "子宫肌瘤", 3 },
	{ "D50.9", { "缺铁性贫血", "Iron deficiency anaemia" }, "", 2 },
	{ "D64.9", { "贫血", "Anaemia" }, "", 2 },
	{ "E03.9", { "甲状腺功能减退症", "Hypothyroidism" }, "甲减", 2 },
	{ "E04.1", { "甲状腺结节", "Nontoxic single thyroid nodule" }, "", 2 },
	{ "E04.9", { "非毒性甲状腺肿", "Nontoxic goitre" }, "", 3 },
	{ "E05.9", { "甲状腺功能亢进症", "Thyrotoxicosis" }, "甲亢", 2 },
	{ "E10.9", { "1型糖尿病", "Type 1 diabetes mellitus" }, "", 3 },
	{ "E11.2", { "2型糖尿病伴肾的并发症", "Type 2 diabetes mellitus with renal complications" }, "糖尿病肾病", 2 },
	{ "E11.3", { "2型糖尿病伴眼的并发症", "Type 2 diabetes mellitus with ophthalmic complications" }, "糖尿病眼病", 2 },
	{ "E11.4", { "2型糖尿病伴神经的并发症", "Type 2 diabetes mellitus with neurological complications" }, "糖尿病周围神经病", 2 },
	{ "E11.5", { "2型糖尿病伴周围循环并发症", "Type 2 diabetes mellitus with peripheral circulatory complications" }, "糖尿病足", 2 },
	{ "E11.9", { "2型糖尿病", "Type 2 diabetes mellitus without complications" }, "糖尿病", 1 },
	{ "E14.9", { "糖尿病", "Unspecified diabetes mellitus" }, "", 2 },
	{ "E16.2", { "低血糖症", "Hypoglycaemia" }, "低血糖", 2 },
	{ "E46", { "营养不良", "Malnutrition" }, "", 3 },
	{ "E55.9", { "维生素D缺乏", "Vitamin D deficiency" }, "", 3 },
	{ "E66.9", { "肥胖症", "Obesity" }, "", 3 },
	{ "E78.5", { "高脂血症", "Hyperlipidaemia" }, "高血脂", 1 },
	{ "E79.0", { "高尿酸血症", "Hyperuricaemia" }, "", 2 },
	{ "E86", { "脱水", "Volume depletion" }, "", 3 },
	{ "E87.6", { "低钾血症", "Hypokalaemia" }, "", 3 },
	{ "F03", { "痴呆", "Dementia" }, "老年痴呆", 2 },
	{ "F10.2", { "酒精依赖综合征", "Alcohol dependence syndrome" }, "", 3 },
	{ "F20.9", { "精神分裂症", "Schizophrenia" }, "", 2 },
	{ "F22.0", { "妄想性障碍", "Delusional disorder" }, "偏执性精神病", 3 },
	{ "F25.9", { "分裂情感性障碍", "Schizoaffective disorder" }, "", 3 },
	{ "F31.9", { "双相情感障碍", "Bipolar affective disorder" }, "", 3 },
	{ "F32.9", { "抑郁发作", "Depressive episode" }, "抑郁症", 2 },
	{ "F41.9", { "焦虑障碍", "Anxiety disorder" }, "焦虑症", 2 },
	{ "F48.0", { "神经衰弱", "Neurasthenia" }, "", 2 },
	{ "F51.0", { "非器质性失眠症", "Nonorganic insomnia" }, "", 2 },
	{ "F79.9", { "精神发育迟缓", "Mental retardation" }, "智力障碍", 3 },
	{ "G20", { "帕金森病", "Parkinson disease" }, "", 2 },
	{ "G30.9", { "阿尔茨海默病", "Alzheimer disease" }, "", 3 },
	{ "G40.9", { "癫痫", "Epilepsy" }, "", 2 },
	{ "G43.9", { "偏头痛", "Migraine" }, "", 2 },
	{ "G44.2", { "紧张型头痛", "Tension-type headache" }, "", 2 },
	{ "G45.9", { "短暂性脑缺血发作", "Transient cerebral ischaemic attack" }, "小中风", 2 },
	{ "G47.0", { "失眠症", "Insomnia" }, "失眠,睡眠障碍", 1 },
	{ "G50.0", { "三叉神经痛", "Trigeminal neuralgia" }, "", 3 },
	{ "G51.0", { "面神经麻痹", "Bell palsy" }, "面瘫", 2 },
	{ "G56.0", { "腕管综合征", "Carpal tunnel syndrome" }, "", 3 },
	{ "G62.9", { "多发性神经病", "Polyneuropathy" }, "周围神经病", 3 },
	{ "G80.9", { "脑性瘫痪", "Cerebral palsy" }, "脑瘫", 3 },
	{ "G81.9", { "偏瘫", "Hemiplegia" }, "", 2 },
	{ "H00.0", { "睑腺炎", "Hordeolum" }, "麦粒肿", 2 },
	{ "H04.1", { "干眼症", "Dry eye syndrome" }, "干眼", 2 },
	{ "H10.3", { "急性结膜炎", "Acute conjunctivitis" }, "红眼病", 2 },
	{ "H10.9", { "结膜炎", "Conjunctivitis" }, "", 1 },
	{ "H11.0", { "翼状胬肉", "Pterygium" }, "", 3 },
	{ "H16.9", { "角膜炎", "Keratitis" }, "", 3 },
	{ "H25.9", { "老年性白内障", "Senile cataract" }, "白内障", 2 },
	{ "H40.9", { "青光眼", "Glaucoma" }, "", 3 },
	{ "H52.1", { "近视", "Myopia" }, "", 3 },
	{ "H60.9", { "外耳道炎", "Otitis externa" }, "", 2 },
	{ "H61.2", { "耵聍栓塞", "Impacted cerumen" }, "耳屎", 2 },
	{ "H66.9", { "中耳炎", "Otitis media" }, "", 2 },
	{ "H81.0", { "梅尼埃病", "Meniere disease" }, "美尼尔", 3 },
	{ "H81.1", { "良性阵发性眩晕", "Benign paroxysmal vertigo" }, "耳石症", 2 },
	{ "H91.9", { "听力损失", "Hearing loss" }, "耳聋", 3 },
	{ "H93.1", { "耳鸣", "Tinnitus" }, "", 2 },
	{ "I10", { "原发性高血压", "Essential (primary) hypertension" }, "高血压", 1 },
	{ "I11.9", { "高血压心脏病", "Hypertensive heart disease" }, "", 1 },
	{ "I12.9", { "高血压肾病", "Hypertensive renal disease" }, "", 2 },
	{ "I13.9", { "高血压心脏和肾病", "Hypertensive heart and renal disease" }, "", 3 },
	{ "I15.9", { "继发性高血压", "Secondary hypertension" }, "", 3 },
	{ "I20.0", { "不稳定型心绞痛", "Unstable angina" }, "", 2 },
	{ "I20.9", { "心绞痛", "Angina pectoris" }, "", 2 },
	{ "I21.9", { "急性心肌梗死", "Acute myocardial infarction" }, "心梗", 2 },
	{ "I25.1", { "冠状动脉粥样硬化性心脏病", "Atherosclerotic heart disease" }, "冠心病", 1 },
	{ "I25.2", { "陈旧性心肌梗死", "Old myocardial infarction" }, "", 3 },
	{ "I27.9", { "肺源性心脏病", "Pulmonary heart disease" }, "肺心病", 2 },
	{ "I48", { "心房颤动", "Atrial fibrillation and flutter" }, "房颤", 2 },
	{ "I49.3", { "室性期前收缩", "Ventricular premature depolarization" }, "室性早搏", 3 },
	{ "I49.9", { "心律失常", "Cardiac arrhythmia" }, "", 2 },
	{ "I50.9", { "心力衰竭", "Heart failure" }, "心衰", 2 },
	{ "I51.4", { "心肌炎", "Myocarditis" }, "", 3 },
	{ "I60.9", { "蛛网膜下腔出血", "Subarachnoid haemorrhage" }, "", 3 },
	{ "I61.9", { "脑出血", "Intracerebral haemorrhage" }, "", 2 },
	{ "I63.9", { "脑梗死", "Cerebral infarction" }, "脑梗", 1 },
	{ "I64", { "脑卒中", "Stroke" }, "中风", 2 },
	{ "I67.2", { "脑动脉硬化", "Cerebral atherosclerosis" }, "", 2 },
	{ "I69.1", { "脑出血后遗症", "Sequelae of intracerebral haemorrhage" }, "", 2 },
	{ "I69.3", { "脑梗死后遗症", "Sequelae of cerebral infarction" }, "", 1 },
	{ "I69.4", { "脑卒中后遗症", "Sequelae of stroke" }, "中风后遗症", 2 },
	{ "I70.9", { "动脉粥样硬化", "Atherosclerosis" }, "", 2 },
	{ "I80.3", { "下肢静脉炎", "Phlebitis of lower extremities" }, "", 3 },
	{ "I83.9", { "下肢静脉曲张", "Varicose veins of lower extremities" }, "", 2 },
	{ "I84.9", { "痔", "Haemorrhoids" }, "痔疮", 2 },
	{ "I95.1", { "体位性低血压", "Orthostatic hypotension" }, "", 3 },
	{ "I95.9", { "低血压", "Hypotension" }, "", 3 },
	{ "J00", { "急性鼻咽炎", "Acute nasopharyngitis (common cold)" }, "普通感冒,感冒", 1 },
	{ "J01.9", { "急性鼻窦炎", "Acute sinusitis" }, "", 2 },
	{ "J02.9", { "急性咽炎", "Acute pharyngitis" }, "咽炎", 1 },
	{ "J03.9", { "急性扁桃体炎", "Acute tonsillitis" }, "扁桃体炎", 1 },
	{ "J04.0", { "急性喉炎", "Acute laryngitis" }, "", 2 },
	{ "J04.1", { "急性气管炎", "Acute tracheitis" }, "", 2 },
	{ "J05.0", { "急性梗阻性喉炎", "Acute obstructive laryngitis (croup)" }, "哮吼", 3 },
	{ "J06.9", { "急性上呼吸道感染", "Acute upper respiratory infection" }, "上感,感冒", 1 },
	{ "J11.1", { "流行性感冒", "Influenza" }, "流感", 2 },
	{ "J15.9", { "细菌性肺炎", "Bacterial pneumonia" }, "", 2 },
	{ "J18.0", { "支气管肺炎", "Bronchopneumonia" }, "", 2 },
	{ "J18.9", { "肺炎", "Pneumonia" }, "", 1 },
	{ "J20.9", { "急性支气管炎", "Acute bronchitis" }, "支气管炎", 1 },
	{ "J21.9", { "急性毛细支气管炎", "Acute bronchiolitis" }, "", 3 },
	{ "J22", { "急性下呼吸道感染", "Acute lower respiratory infection" }, "", 2 },
	{ "J30.4", { "变应性鼻炎", "Allergic rhinitis" }, "过敏性鼻炎", 1 },
	{ "J31.0", { "慢性鼻炎", "Chronic rhinitis" }, "", 2 },
	{ "J31.2", { "慢性咽炎", "Chronic pharyngitis" }, "", 1 },
	{ "J32.9", { "慢性鼻窦炎", "Chronic sinusitis" }, "", 2 },
	{ "J35.0", { "慢性扁桃体炎", "Chronic tonsillitis" }, "", 2 },
	{ "J42", { "慢性支气管炎", "Chronic bronchitis" }, "慢支", 1 },
	{ "J43.9", { "肺气肿", "Emphysema" }, "", 2 },
	{ "J44.0", { "慢性阻塞性肺病伴急性下呼吸道感染", "COPD with acute lower respiratory infection" }, "", 2 },
	{ "J44.1", { "慢性阻塞性肺病伴急性加重", "COPD with acute exacerbation" }, "慢阻肺急性加重", 2 },
	{ "J44.9", { "慢性阻塞性肺病", "Chronic obstructive pulmonary disease" }, "慢阻肺", 1 },
	{ "J45.9", { "支气管哮喘", "Asthma" }, "哮喘", 1 },
	{ "J47", { "支气管扩张症", "Bronchiectasis" }, "支扩", 2 },
	{ "J64", { "尘肺", "Pneumoconiosis" }, "", 3 },
	{ "J93.9", { "气胸", "Pneumothorax" }, "", 3 },
	{ "K02.9", { "龋齿", "Dental caries" }, "蛀牙", 2 },
	{ "K04.0", { "牙髓炎", "Pulpitis" }, "牙痛", 2 },
	{ "K04.7", { "根尖周脓肿", "Periapical abscess" }, "", 3 },
	{ "K05.1", { "慢性牙龈炎", "Chronic gingivitis" }, "牙龈炎", 2 },
	{ "K05.3", { "慢性牙周炎", "Chronic periodontitis" }, "牙周炎", 2 },
	{ "K12.0", { "复发性口腔溃疡", "Recurrent oral aphthae" }, "口腔溃疡", 1 },
	{ "K21.9", { "胃食管反流病", "Gastro-oesophageal reflux disease" }, "反流性食管炎", 2 },
	{ "K25.9", { "胃溃疡", "Gastric ulcer" }, "", 2 },
	{ "K26.9", { "十二指肠溃疡", "Duodenal ulcer" }, "", 2 },
	{ "K29.1", { "急性胃炎", "Acute gastritis" }, "", 1 },
	{ "K29.5", { "慢性胃炎", "Chronic gastritis" }, "胃炎,胃病", 1 },
	{ "K30", { "功能性消化不良", "Functional dyspepsia" }, "消化不良", 1 },
	{ "K35.9", { "急性阑尾炎", "Acute appendicitis" }, "阑尾炎", 2 },
	{ "K40.9", { "腹股沟疝", "Inguinal hernia" }, "疝气", 2 },
	{ "K52.9", { "非感染性胃肠炎", "Noninfective gastroenteritis" }, "胃肠炎", 2 },
	{ "K56.7", { "肠梗阻", "Ileus" }, "", 3 },
	{ "K58.9", { "肠易激综合征", "Irritable bowel syndrome" }, "", 2 },
	{ "K59.0", { "便秘", "Constipation" }, "", 1 },
	{ "K60.2", { "肛裂", "Anal fissure" }, "", 3 },
	{ "K61.0", { "肛周脓肿", "Anal abscess" }, "", 3 },
	{ "K70.9", { "酒精性肝病", "Alcoholic liver disease" }, "", 3 },
	{ "K74.6", { "肝硬化", "Cirrhosis of liver" }, "", 2 },
	{ "K76.0", { "脂肪肝", "Fatty liver" }, "", 2 },
	{ "K80.2", { "胆囊结石", "Calculus of gallbladder" }, "胆结石", 2 },
	{ "K81.0", { "急性胆囊炎", "Acute cholecystitis" }, "", 2 },
	{ "K81.1", { "慢性胆囊炎", "Chronic cholecystitis" }, "胆囊炎", 1 },
	{ "K85.9", { "急性胰腺炎", "Acute pancreatitis" }, "", 3 },
	{ "K92.2", { "胃肠道出血", "Gastrointestinal haemorrhage" }, "消化道出血", 2 },
	{ "L01.0", { "脓疱疮", "Impetigo" }, "黄水疮", 2 },
	{ "L02.9", { "皮肤疖肿", "Cutaneous abscess, furuncle and carbuncle" }, "疖,痈", 2 },
	{ "L03.9", { "蜂窝织炎", "Cellulitis" }, "", 2 },
	{ "L08.9", { "皮肤感染", "Local infection of skin" }, "", 2 },
	{ "L20.9", { "特应性皮炎", "Atopic dermatitis" }, "异位性皮炎", 3 },
	{ "L21.9", { "脂溢性皮炎", "Seborrhoeic dermatitis" }, "", 3 },
	{ "L22", { "尿布皮炎", "Diaper dermatitis" }, "红屁股", 3 },
	{ "L23.9", { "变应性接触性皮炎", "Allergic contact dermatitis" }, "过敏性皮炎", 2 },
	{ "L29.9", { "皮肤瘙痒症", "Pruritus" }, "瘙痒", 2 },
	{ "L30.9", { "皮炎", "Dermatitis" }, "湿疹", 1 },
	{ "L40.9", { "银屑病", "Psoriasis" }, "牛皮癣", 2 },
	{ "L50.9", { "荨麻疹", "Urticaria" }, "风团", 1 },
	{ "L70.0", { "寻常痤疮", "Acne vulgaris" }, "青春痘,粉刺", 2 },
	{ "L74.0", { "痱子", "Miliaria rubra" }, "红痱", 3 },
	{ "L84", { "鸡眼和胼胝", "Corns and callosities" }, "鸡眼", 3 },
	{ "L89.9", { "压疮", "Pressure ulcer" }, "褥疮", 2 },
	{ "L98.4", { "皮肤慢性溃疡", "Chronic ulcer of skin" }, "", 3 },
	{ "M06.9", { "类风湿关节炎", "Rheumatoid arthritis" }, "类风湿", 2 },
	{ "M10.9", { "痛风", "Gout" }, "", 1 },
	{ "M13.9", { "关节炎", "Arthritis" }, "", 1 },
	{ "M17.9", { "膝骨关节炎", "Gonarthrosis" }, "膝关节炎,膝关节病", 1 },
	{ "M19.9", { "骨关节炎", "Arthrosis" }, "骨质增生", 2 },
	{ "M47.8", { "颈椎病", "Cervical spondylosis" }, "脊椎病", 1 },
	{ "M48.0", { "椎管狭窄", "Spinal stenosis" }, "", 3 },
	{ "M50.2", { "颈椎间盘突出", "Cervical disc displacement" }, "", 2 },
	{ "M51.2", { "腰椎间盘突出", "Lumbar disc displacement" }, "腰突", 1 },
	{ "M54.2", { "颈痛", "Cervicalgia" }, "落枕", 2 },
	{ "M54.3", { "坐骨神经痛", "Sciatica" }, "", 2 },
	{ "M54.5", { "腰痛", "Low back pain" }, "腰肌劳损", 1 },
	{ "M65.9", { "滑膜炎和腱鞘炎", "Synovitis and tenosynovitis" }, "腱鞘炎", 2 },
	{ "M75.0", { "肩周炎", "Adhesive capsulitis of shoulder" }, "粘连性肩关节囊炎", 1 },
	{ "M77.1", { "肱骨外上髁炎", "Lateral epicondylitis" }, "网球肘", 3 },
	{ "M79.1", { "肌痛", "Myalgia" }, "肌肉痛", 2 },
	{ "M81.9", { "骨质疏松", "Osteoporosis" }, "", 1 },
	{ "N03.9", { "慢性肾小球肾炎", "Chronic nephritic syndrome" }, "慢性肾炎", 3 },
	{ "N04.9", { "肾病综合征", "Nephrotic syndrome" }, "", 3 },
	{ "N10", { "急性肾盂肾炎", "Acute pyelonephritis" }, "肾盂肾炎", 2 },
	{ "N18.9", { "慢性肾脏病", "Chronic kidney disease" }, "慢性肾衰竭", 2 },
	{ "N20.0", { "肾结石", "Calculus of kidney" }, "", 2 },
	{ "N20.1", { "输尿管结石", "Calculus of ureter" }, "", 2 },
	{ "N23", { "肾绞痛", "Renal colic" }, "", 3 },
	{ "N30.0", { "急性膀胱炎", "Acute cystitis" }, "膀胱炎", 2 },
	{ "N34.1", { "尿道炎", "Urethritis" }, "", 3 },
	{ "N39.0", { "尿路感染", "Urinary tract infection" }, "泌尿道感染", 1 },
	{ "N40", { "前列腺增生", "Hyperplasia of prostate" }, "前列腺肥大", 1 },
	{ "N41.1", { "慢性前列腺炎", "Chronic prostatitis" }, "前列腺炎", 2 },
	{ "N45.9", { "睾丸炎和附睾炎", "Orchitis and epididymitis" }, "", 3 },
	{ "N60.1", { "乳腺囊性增生", "Diffuse cystic mastopathy" }, "乳腺增生", 2 },
	{ "N61", { "乳腺炎", "Inflammatory disorders of breast" }, "", 3 },
	{ "N72", { "子宫颈炎", "Inflammatory disease of cervix uteri" }, "宫颈炎", 2 },
	{ "N73.9", { "盆腔炎", "Female pelvic inflammatory disease" }, "", 2 },
	{ "N76.0", { "急性阴道炎", "Acute vaginitis" }, "阴道炎", 2 },
	{ "N91.2", { "闭经", "Amenorrhoea" }, "", 3 },
	{ "N92.6", { "月经不调", "Irregular menstruation" }, "月经不规则", 2 },
	{ "N93.9", { "异常子宫出血", "Abnormal uterine bleeding" }, "功血", 3 },
	{ "N94.6", { "痛经", "Dysmenorrhoea" }, "", 2 },
	{ "N95.1", { "绝经期综合征", "Menopausal states" }, "更年期综合征", 2 },
	{ "O13", { "妊娠高血压", "Gestational hypertension" }, "", 3 },
	{ "O14.9", { "子痫前期", "Pre-eclampsia" }, "", 3 },
	{ "O20.0", { "先兆流产", "Threatened abortion" }, "", 3 },
	{ "O21.0", { "妊娠剧吐", "Hyperemesis gravidarum" }, "孕吐", 3 },
	{ "O24.9", { "妊娠期糖尿病", "Diabetes mellitus in pregnancy" }, "", 3 },
	{ "P38", { "新生儿脐炎", "Omphalitis of newborn" }, "脐炎", 3 },
	{ "P59.9", { "新生儿黄疸", "Neonatal jaundice" }, "", 3 },
	{ "S00.9", { "头部浅表损伤", "Superficial injury of head" }, "头皮挫伤", 2 },
	{ "S01.9", { "头部开放性伤口", "Open wound of head" }, "头皮裂伤", 2 },
	{ "S06.0", { "脑震荡", "Concussion" }, "", 3 },
	{ "S22.3", { "肋骨骨折", "Fracture of rib" }, "", 3 },
	{ "S32.0", { "腰椎骨折", "Fracture of lumbar vertebra" }, "", 3 },
	{ "S52.5", { "桡骨下端骨折", "Fracture of lower end of radius" }, "手腕骨折", 3 },
	{ "S61.9", { "腕和手开放性伤口", "Open wound of wrist and hand" }, "手外伤", 1 },
	{ "S72.0", { "股骨颈骨折", "Fracture of neck of femur" }, "髋部骨折", 3 },
	{ "S80.9", { "小腿浅表损伤", "Superficial injury of lower leg" }, "", 2 },
	{ "S93.4", { "踝扭伤", "Sprain of ankle" }, "脚扭伤", 2 },
	{ "T14.0", { "浅表损伤", "Superficial injury" }, "擦伤,挫伤", 1 },
	{ "T14.1", { "开放性伤口", "Open wound" }, "割伤,裂伤", 1 },
	{ "T14.3", { "扭伤和拉伤", "Dislocation, sprain and strain" }, "扭伤", 2 },
	{ "T15.9", { "外眼异物", "Foreign body on external eye" }, "眼内异物", 3 },
	{ "T16", { "耳内异物", "Foreign body in ear" }, "", 3 },
	{ "T30.0", { "烧伤", "Burn" }, "烫伤", 2 },
	{ "T51.0", { "酒精中毒", "Toxic effect of ethanol" }, "醉酒", 3 },
	{ "T60.0", { "有机磷农药中毒", "Toxic effect of organophosphate insecticides" }, "农药中毒", 2 },
	{ "T62.9", { "食物中毒", "Toxic effect of noxious substance eaten as food" }, "", 3 },
	{ "T63.0", { "蛇咬伤", "Toxic effect of snake venom" }, "毒蛇咬伤", 2 },
	{ "T63.4", { "蜂蜇伤", "Toxic effect of venom of arthropods" }, "虫咬伤,蜈蚣咬伤", 2 },
	{ "T67.0", { "中暑", "Heatstroke and sunstroke" }, "", 2 },
	{ "T78.2", { "过敏性休克", "Anaphylactic shock" }, "", 3 },
	{ "T78.4", { "过敏反应", "Allergy" }, "过敏", 2 },
	{ "T88.7", { "药物不良反应", "Adverse effect of drug" }, "", 2 },
	{ "Z00.0", { "健康体检", "General medical examination" }, "体检", 2 },
	{ "Z01.3", { "血压检查", "Examination of blood pressure" }, "量血压", 2 },
	{ "Z20.3", { "狂犬病暴露", "Contact with or exposure to rabies" }, "狗咬伤,猫抓伤", 2 },
	{ "Z34.9", { "正常妊娠检查", "Supervision of normal pregnancy" }, "产前检查", 3 },
	{ "Z39.2", { "产后随访", "Routine postpartum follow-up" }, "", 3 },
	{ "Z48.0", { "换药拆线", "Attention to surgical dressings and sutures" }, "换药,拆线", 1 },
	{ "Z76.0", { "重复取药", "Issue of repeat prescription" }, "代取药,取药", 1 },
};
const size_t icd10_count = N_ELEMENTS(icd10_list);

/* clang-format on */

enum {
	QUERY_MAX = 64,
	NAME_MAX = 128,
	RARITIES = 4,
	LIST_MAX = 512,
};
_Static_assert(N_ELEMENTS(icd10_list) <= LIST_MAX, "the list of scores is too short");

/* How well an entry answers, best first. */
enum match { MATCH_CODE, MATCH_CODE_START, MATCH_WHOLE, MATCH_START, MATCH_INSIDE, MATCH_ENGLISH, MATCH_NONE };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool icd10_is_shaped(const char *code)
{
	size_t n = strlen(code);

	if (n < 3 || code[0] < 'A' || code[0] > 'Z' || !is_digit(code[1]) || !is_digit(code[2]))
		return false;
	if (n == 3)
		return true;
	if (code[3] != '.' || n < 5 || n > 10)
		return false;
	for (const char *p = code + 4; *p; p++)
		if (!is_digit(*p) && !is_letter(*p))
			return false;
	return true;
}

bool icd10_is_symptom(const char *code)
{
	return *code == 'R';
}

const struct icd10 *icd10_by_code(const char *code)
{
	static const size_t lengths[] = { 10, 5, 3 };

	for (size_t l = 0; l < N_ELEMENTS(lengths); l++)
		for (size_t i = 0; i < icd10_count; i++) {
			size_t n = strnlen(code, lengths[l]);

			if (strlen(icd10_list[i].code) == n && !strncmp(icd10_list[i].code, code, n))
				return &icd10_list[i];
		}
	return NULL;
}

static enum match match_code(const char *code, const char *query)
{
	size_t n = strlen(query);

	if (strncasecmp(code, query, n) != 0)
		return MATCH_NONE;
	return code[n] ? MATCH_CODE_START : MATCH_CODE;
}

/* One name: the whole, its start, or a start further inside. */
static enum match match_name(const char *name, const char *query)
{
	if (!strcmp(name, query))
		return MATCH_WHOLE;
	for (const char *p = name; *p;) {
		if (pinyin_match(p, query))
			return p == name ? MATCH_START : MATCH_INSIDE;
		p += utf8_cluster(p, strlen(p));
	}
	return MATCH_NONE;
}

static enum match better(enum match a, enum match b)
{
	return a < b ? a : b;
}

static enum match match_aliases(const char *aliases, const char *query)
{
	enum match best = MATCH_NONE;

	while (*aliases) {
		char name[NAME_MAX];
		size_t n = strcspn(aliases, ",");

		snprintf(name, sizeof name, "%.*s", (int)n, aliases);
		best = better(best, match_name(name, query));
		aliases += n + (aliases[n] == ',');
	}
	return best;
}

/* The query is the beginning of one of the words. */
static enum match match_english(const char *en, const char *query)
{
	size_t n = strlen(query);

	for (const char *p = en; *p; p++)
		if ((p == en || p[-1] == ' ' || p[-1] == '(') && !strncasecmp(p, query, n))
			return MATCH_ENGLISH;
	return MATCH_NONE;
}

static enum match match_entry(const struct icd10 *entry, const char *query)
{
	enum match best = match_code(entry->code, query);

	best = better(best, match_name(entry->term.zh, query));
	best = better(best, match_aliases(entry->alias, query));
	return better(best, match_english(entry->term.en, query));
}

static size_t pick(const uint8_t *scores, const struct icd10 *out[], size_t max)
{
	size_t n = 0;

	for (unsigned score = 0; score < MATCH_NONE * RARITIES; score++)
		for (size_t i = 0; i < icd10_count && n < max; i++)
			if (scores[i] == score)
				out[n++] = &icd10_list[i];
	return n;
}

size_t icd10_find(const char *query, const struct icd10 *out[], size_t max)
{
	uint8_t scores[LIST_MAX];
	char typed[QUERY_MAX];

	if (!utf8_fold_width(query, typed, sizeof typed))
		return 0;
	pinyin_normalise(typed);
	for (size_t i = 0; i < icd10_count; i++) {
		enum match m = *typed ? match_entry(&icd10_list[i], typed) : MATCH_START;

		if (!*typed && icd10_list[i].rarity > 1)
			m = MATCH_NONE;
		scores[i] = (uint8_t)(m * RARITIES + icd10_list[i].rarity);
	}
	return pick(scores, out, max);
}
