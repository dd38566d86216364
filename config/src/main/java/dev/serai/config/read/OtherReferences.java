package dev.serai.config.read;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ways in which other programs name the variable of a secret. Pure. */
final class OtherReferences {
  private static final String NAME = "[A-Za-z_]\\w*";
  private static final String UPPER = "[A-Z_][A-Z0-9_]*";
  private static final Map<String, Pattern> FORMS = new LinkedHashMap<>();

  static {
    FORMS.put("os.environ/NAME", Pattern.compile("os\\.environ/.*"));
    FORMS.put("process.env.NAME", Pattern.compile("process\\.env\\." + NAME));
    FORMS.put("env.NAME", Pattern.compile("env[.:/]" + NAME));
    FORMS.put("$NAME", Pattern.compile("\\$" + UPPER));
    FORMS.put("$(NAME)", Pattern.compile("\\$\\(" + NAME + "\\)"));
    FORMS.put("%NAME%", Pattern.compile("%" + UPPER + "%"));
    FORMS.put("{{NAME}}", Pattern.compile("\\$?\\{\\{.*}}"));
    FORMS.put("{vault://...}", Pattern.compile("\\{vault://.*}"));
    FORMS.put(
        "NAME",
        Pattern.compile(
            "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEYS?|TOKEN|SECRET|PASSWORD)(?:_[A-Z]+)?"));
  }

  private OtherReferences() {}

  /** The form in which a text names a variable; empty if it names none. */
  static Optional<String> form(String text) {
    return FORMS.entrySet().stream()
        .filter(form -> form.getValue().matcher(text).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
