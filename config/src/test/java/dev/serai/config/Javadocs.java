package dev.serai.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the Javadoc of a settings record says of the record and of each component. */
final class Javadocs {
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

  private final Path checkout;

  Javadocs(Path checkout) {
    this.checkout = checkout;
  }

  /** The text before the first {@code @param}. */
  String ofRecord(Class<?> type) {
    return clean(comment(type).split("@param", 2)[0]);
  }

  /** The text of each {@code @param}, by component. */
  Map<String, String> ofComponents(Class<?> type) {
    Map<String, String> meanings = new LinkedHashMap<>();
    String[] params = comment(type).split("@param", -1);
    for (int i = 1; i < params.length; i++) {
      String text = clean(params[i]);
      int space = text.indexOf(' ');
      if (space > 0) {
        meanings.put(text.substring(0, space), text.substring(space + 1));
      }
    }
    return meanings;
  }

  private String comment(Class<?> type) {
    String source = source(type);
    int declared = source.indexOf("public record " + type.getSimpleName());
    Matcher matcher = COMMENT.matcher(source.substring(0, declared));
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1);
    }
    return last;
  }

  private String source(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".java";
    for (String module : new String[] {"config", "core"}) {
      Path path = checkout.resolve(module).resolve("src/main/java").resolve(file);
      if (Files.exists(path)) {
        try {
          return Files.readString(path);
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
    throw new IllegalStateException("no source of " + type);
  }

  private static String clean(String comment) {
    return comment
        .replaceAll("(?m)^\\s*\\* ?", "")
        .replaceAll("\\{@code\\s+([^}]*)\\}", "`$1`")
        .replaceAll("\\{@link\\s+[^}]*?\\.?#?(\\w+)\\}", "`$1`")
        .replaceAll("</?p>", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
