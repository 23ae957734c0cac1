import { t } from "../../platform/i18n.ts";
import type { ActivityService } from "../../shared/activity.ts";

export function serviceName(service: ActivityService): string {
  switch (service) {
    case "issuer":
      return t("service_issuer");
    case "sts":
      return t("service_sts");
    case "cognito-identity":
      return t("service_cognito");
    case "s3":
      return t("service_s3");
    case "dynamodb":
      return t("service_dynamodb");
    case "directory":
      return t("service_directory");
    case "page-source":
      return t("service_page_source");
    case "profile-link":
      return t("service_profile_link");
    case "other":
      return t("service_other");
  }
}
