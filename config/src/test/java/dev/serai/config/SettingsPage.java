package dev.serai.config;

import dev.serai.config.models.ModelEntry;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.read.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the tables of {@code docs/settings.md}. */
final class SettingsPage {
  private static final int MANY = 8;

  private final Javadocs javadocs;
  private final StringBuilder out = new StringBuilder();

  /** Where a type of many settings is described, so that it is not described again and again. */
  private final Map<Class<?>, String> described = new HashMap<>();

  SettingsPage(Javadocs javadocs) {
    this.javadocs = javadocs;
  }

  /** One heading and table for each part of the settings. */
  String tables() {
    Map<String, String> meanings = javadocs.ofComponents(Settings.class);
    for (Shape part : Shape.of(Settings.defaults())) {
      Record inner = part.inner().orElseThrow();
      out.append("## ").append(part.key()).append("\n\n");
      out.append(sentence(meanings.get(part.component().getName()))).append('\n');
      String path = part.isMap() ? part.key() + ".NAME" : part.key();
      out.append("\n| Key | Variable | Allowed | Default | Meaning |\n|---|---|---|---|---|\n");
      rows(path, inner);
      out.append('\n');
    }
    return out.toString().stripTrailing();
  }

  /** The table of the settings of a model. */
  String models() {
    out.append("| Key | Variable | Allowed | Default | Meaning |\n|---|---|---|---|---|\n");
    rows("models.PROVIDER/MODEL", ModelEntry.defaults());
    return out.toString().stripTrailing();
  }

  private void rows(String path, Record defaults) {
    Map<String, String> meanings = javadocs.ofComponents(defaults.getClass());
    for (Shape shape : Shape.of(defaults)) {
      String inside = Names.path(path, shape.key());
      Optional<Record> inner = shape.inner();
      if (inner.isPresent()) {
        String names = shape.isMap() ? ".NAME" : "";
        String place = inside + (shape.isList() ? "[]" : names);
        if (!isDescribed(place, inner.get())) {
          rows(place, inner.get());
          continue;
        }
        out.append("| ").append(code(place)).append(" |  | the keys of ");
        out.append(code(described.get(inner.get().getClass()))).append(" |  | ");
        out.append(sentence(meanings.get(shape.component().getName()))).append(" |\n");
        continue;
      }
      String fallback = shape.fallbackInWords();
      List<String> variables = Variables.of(inside);
      out.append("| ").append(code(inside));
      out.append(" | ")
          .append(String.join(", ", variables.stream().map(SettingsPage::code).toList()));
      out.append(" | ").append(shape.typeInWords());
      String shown = path.equals("state") && fallback.equals("***") ? "sqlite" : fallback;
      out.append(" | ").append(shape.required() ? "required" : code(shown));
      out.append(" | ").append(sentence(meanings.get(shape.component().getName()))).append(" |\n");
    }
  }

  /** A part with environment variables of its own is described in any case. */
  private boolean isDescribed(String place, Record inner) {
    boolean large = inner.getClass().getRecordComponents().length > MANY;
    boolean own = Variables.all().keySet().stream().anyMatch(path -> path.startsWith(place + "."));
    return large && described.putIfAbsent(inner.getClass(), place) != null && !own;
  }

  /** The table of the providers that need no file. */
  static String providers() {
    StringBuilder rows =
        new StringBuilder("| Provider | Key | Address | Default address |\n|---|---|---|---|\n");
    for (KnownProvider known : KnownProvider.all()) {
      rows.append("| ").append(code(known.name()));
      rows.append(" | ").append(known.keyVariable().map(SettingsPage::names).orElse(""));
      rows.append(known.signs().isEmpty() ? "" : " or AWS's own variables");
      rows.append(" | ").append(known.urlVariable().map(SettingsPage::names).orElse(""));
      known
          .modelsUrlVariable()
          .ifPresent(name -> rows.append(", for its list of models ").append(code(name)));
      rows.append(" | ").append(code(known.baseUrl().orElse(""))).append(" |\n");
    }
    return rows.toString().stripTrailing();
  }

  private static String names(String variable) {
    return String.join(
        " or ", KnownProvider.namesOf(variable).stream().map(SettingsPage::code).toList());
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String sentence(String text) {
    String start = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    return start.replace("|", "\\|") + (start.endsWith(".") ? "" : ".");
  }
}
