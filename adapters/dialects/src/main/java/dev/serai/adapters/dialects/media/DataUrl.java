package dev.serai.adapters.dialects.media;

import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.UrlSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A URL that holds the data itself (RFC 2397): {@code data:TYPE;PARAMETERS;base64,DATA}. Type,
 * parameters and {@code ;base64} may be missing; data without {@code ;base64} is percent-encoded
 * text. Immutable.
 *
 * @param type without the mark {@code base64}
 */
public record DataUrl(MediaType type, String base64) {
  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64";

  /** The type of text that has none (RFC 2397, section 2). */
  private static final String TEXT = "text/plain";

  /** Reads a URL; empty if it is not a data URL. */
  public static Optional<DataUrl> parse(String text) {
    String url = text.isEmpty() || text.charAt(0) > ' ' ? text : text.strip();
    if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    int comma = comma(url);
    if (comma < 0) {
      return Optional.empty();
    }
    String head = url.substring(SCHEME.length(), comma).strip();
    String data = url.substring(comma + 1);
    int mark = head.lastIndexOf(';');
    boolean encoded = mark >= 0 && head.substring(mark + 1).strip().equalsIgnoreCase("base64");
    if (encoded) {
      MediaType type = MediaType.parse(head.substring(0, mark));
      String plain =
          data.indexOf('%') < 0 ? data : new String(decoded(data), StandardCharsets.UTF_8);
      return Optional.of(new DataUrl(type, plain));
    }
    MediaType type = MediaType.parse(head.startsWith(";") || head.isEmpty() ? TEXT + head : head);
    return Optional.of(new DataUrl(type, Base64.getEncoder().encodeToString(decoded(data))));
  }

  /** Where the data begins: a comma in a quoted parameter is part of it. */
  private static int comma(String url) {
    boolean quoted = false;
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    return url.indexOf(','); // a quotation mark without its end
  }

  /** The source of an image: a data URL becomes inline media; any other URL is remote. */
  public static MediaSource read(String url) {
    Optional<DataUrl> data = parse(url);
    return data.isPresent() ? data.get().inline(Optional.empty()) : new UrlSource(url);
  }

  /**
   * Reads the data of a file: a data URL, another URL, or base64 alone.
   *
   * @param filename as sent with it; otherwise the URL's parameter {@code name} is used
   */
  public static FilePart file(String data, Optional<String> filename, Optional<CacheMark> mark) {
    Optional<DataUrl> url = parse(data);
    if (url.isPresent()) {
      Optional<String> name = filename.or(url.get()::name);
      return new FilePart(url.get().inline(name), name, mark);
    }
    boolean remote = data.regionMatches(true, 0, "http", 0, 4) && data.contains("://");
    MediaSource source = remote ? new UrlSource(data) : InlineMedia.of("", data, filename);
    return new FilePart(source, filename, mark);
  }

  private InlineSource inline(Optional<String> filename) {
    return InlineMedia.of(type, base64, filename);
  }

  private Optional<String> name() {
    return Optional.ofNullable(type.parameters().get("name"))
        .or(() -> Optional.ofNullable(type.parameters().get("filename")))
        .map(name -> new String(decoded(name), StandardCharsets.UTF_8));
  }

  /** The data URL for inline media. */
  public static String write(InlineSource inline) {
    return SCHEME + inline.mediaType() + BASE64 + "," + inline.base64();
  }

  /** Percent-decodes; a percent sign without two digits stands for itself. */
  private static byte[] decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      if (low < 0) {
        out.write(bytes[i]);
      } else {
        out.write(16 * high + low);
        i += 2;
      }
    }
    return out.toByteArray();
  }
}
