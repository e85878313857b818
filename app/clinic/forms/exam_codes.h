/* Code lists of the yearly examination form, as the paper prints them; only for the files of that form. */
#ifndef CUNYI_EXAM_CODES_H
#define CUNYI_EXAM_CODES_H

#include "app/clinic/forms/codes.h"

/* symptoms, the four questions to the elderly */
extern const struct code exam_symptom_codes[];
extern const struct code exam_self_rated_codes[];
extern const struct code exam_self_care_codes[];
extern const struct code exam_screen_codes[]; /* 1 negative, 2 positive: rough screening */
/* way of life */
extern const struct code exam_exercise_codes[];
extern const struct code exam_diet_codes[];
extern const struct code exam_smoking_codes[];
extern const struct code exam_drinking_codes[];
extern const struct code exam_drink_stop_codes[];
extern const struct code exam_drunk_codes[]; /* 1 yes, 2 no: the paper turns it round here */
extern const struct code exam_drink_codes[];
extern const struct code exam_hazard_codes[];
/* organs, physical examination */
extern const struct code exam_lip_codes[];
extern const struct code exam_teeth_codes[];
extern const struct code exam_pharynx_codes[];
extern const struct code exam_hearing_codes[];
extern const struct code exam_movement_codes[];
extern const struct code exam_skin_codes[];
extern const struct code exam_sclera_codes[];
extern const struct code exam_lymph_codes[];
extern const struct code exam_rale_codes[];
extern const struct code exam_rhythm_codes[];
extern const struct code exam_oedema_codes[];
extern const struct code exam_foot_pulse_codes[]; /* not the codes of the diabetes follow-up */
extern const struct code exam_rectal_codes[];
extern const struct code exam_breast_codes[];
extern const struct code exam_sign_codes[]; /* 1 negative, 2 positive: laboratory */
/* shared by many items; the second code asks for its text */
extern const struct code exam_normal_codes[];    /* 1 normal, 2 abnormal */
extern const struct code exam_none_some_codes[]; /* 1 none, 2 some */
extern const struct code exam_found_codes[];     /* 1 nothing found, 2 abnormal */
/* problems, treatment, what follows */
extern const struct code exam_brain_codes[];
extern const struct code exam_kidney_codes[];
extern const struct code exam_heart_codes[];
extern const struct code exam_vessel_codes[];
extern const struct code exam_eye_codes[];
extern const struct code exam_problem_codes[]; /* 1 not found, 2 some */
extern const struct code exam_adherence_codes[];
extern const struct code exam_result_codes[];
extern const struct code exam_guidance_codes[];
extern const struct code exam_risk_codes[];
extern const struct code exam_feedback_how_codes[];
extern const struct code exam_feedback_to_codes[];
extern const struct code exam_station_codes[]; /* of an examination day: 1 desk, 2 blood ... */

#endif
