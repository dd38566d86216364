package dev.serai.adapters.dialects.media;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Derives media types from the names of files, and names from media types. Stateless. */
public final class FileNames {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("gif", "image/gif"),
          Map.entry("heic", "image/heic"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/markdown"),
          Map.entry("csv", "text/csv"),
          Map.entry("htm", "text/html"),
          Map.entry("html", "text/html"),
          Map.entry("json", "application/json"),
          Map.entry("doc", "application/msword"),
          Map.entry(
              "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
          Map.entry("xls", "application/vnd.ms-excel"),
          Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
          Map.entry("ppt", "application/vnd.ms-powerpoint"),
          Map.entry(
              "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
          Map.entry("mp3", "audio/mp3"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp4", "video/mp4"));

  /** Endings of plain text that OpenAI accepts ("File inputs", platform.openai.com/docs). */
  private static final Set<String> OF_TEXTS =
      Set.of(
          ("c cc cpp cs css csv diff eml go h hpp htm html ics ifb java js json kt ksh log markdown"
                  + " md mht mhtml mjs nws patch php pl pm pot py rb rs rst rtf scala sh shtml sql"
                  + " srt sty swift tex text toml ts tsv txt vcf vtt xml yaml yml")
              .split(" "));

  private static final String UNNAMED = "file";

  private FileNames() {}

  /**
   * The name of a file with an ending that fits its media type: OpenAI judges a file by it. A name
   * that has one stays.
   */
  public static String named(Optional<String> name, String mediaType) {
    String given = name.filter(text -> !text.isBlank()).orElse(UNNAMED);
    String ending = given.substring(given.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean fits =
        typeOfEnding(ending).filter(mediaType::equals).isPresent()
            || mediaType.startsWith("text/") && OF_TEXTS.contains(ending);
    return fits && given.indexOf('.') >= 0
        ? given
        : endingOf(mediaType).map(missing -> given + "." + missing).orElse(given);
  }

  /** The usual ending for a media type, which is the longest; empty if it is not known. */
  private static Optional<String> endingOf(String mediaType) {
    return TYPES.entrySet().stream()
        .filter(each -> each.getValue().equals(mediaType))
        .map(Map.Entry::getKey)
        .max(Comparator.comparingInt(String::length))
        .or(() -> mediaType.startsWith("text/") ? Optional.of("txt") : Optional.empty());
  }

  /** The media type for the ending of a file name or a URL; empty if it is not known. */
  public static Optional<String> typeOf(String name) {
    int end = name.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = name.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    String path = name.substring(0, end);
    int dot = path.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : typeOfEnding(path.substring(dot + 1));
  }

  /** The media type for an ending, as in "png". */
  static Optional<String> typeOfEnding(String ending) {
    return Optional.ofNullable(TYPES.get(ending.strip().toLowerCase(Locale.ROOT)));
  }
}
