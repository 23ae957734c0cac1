import { t } from "../../../platform/i18n.ts";
import type { Variable } from "../../../shared/naming/variables.ts";

const groups: [variables: Variable[], meaning: () => string][] = [
  [["name"], () => t("variable_name")],
  [["title"], () => t("variable_title")],
  [["site"], () => t("variable_site")],
  [["host"], () => t("variable_host")],
  [["path"], () => t("variable_path")],
  [["kind"], () => t("variable_kind")],
  [["type"], () => t("variable_type")],
  [["ext"], () => t("variable_ext")],
  [["id"], () => t("variable_id")],
  [["hash"], () => t("variable_hash")],
  [["counter"], () => t("variable_counter")],
  [["date"], () => t("variable_date")],
  [["time"], () => t("variable_time")],
  [["yyyy", "mm", "dd", "hh", "mi", "ss"], () => t("variable_time_parts")],
  [["local-date"], () => t("variable_local_date")],
  [["local-time"], () => t("variable_local_time")],
];

/** All variables with what they stand for; a click puts one into the template. */
export function TemplateVariables({ onInsert }: { onInsert: (variable: string) => void }) {
  return (
    <details class="variables">
      <summary>{t("template_variables")}</summary>
      <ul>
        {groups.map(([variables, meaning]) => (
          <li key={variables[0]}>
            <span class="variable-names">
              {variables.map((variable) => (
                <button key={variable} type="button" class="variable mono" onClick={() => onInsert(`<${variable}>`)}>
                  {`<${variable}>`}
                </button>
              ))}
            </span>
            <span class="small muted">{meaning()}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
