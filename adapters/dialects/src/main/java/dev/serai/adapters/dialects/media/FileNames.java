package dev.serai.adapters.dialects.media;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Derives media types from the names of files. */
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
          Map.entry("mp3", "audio/mp3"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp4", "video/mp4"));

  private FileNames() {}

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
