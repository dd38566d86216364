package dev.serai.adapters.dialects.media;

import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Part;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes inline media of what clients and providers send. The media type has no parameters and its
 * registered name. A missing one is derived from the data, then from the file name. The data is
 * base64 of RFC 4648, section 4, and text is in UTF-8. Stateless.
 */
public final class InlineMedia {
  /** The media type of data of an unknown kind. */
  public static final String UNKNOWN_TYPE = "application/octet-stream";

  /** Characters of base64 that are read to recognise data. */
  private static final int MAX_SAMPLE = 512;

  /** Media types by the base64 of the first bytes. */
  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "iVBORw0KGg", "image/png",
          "/9j/", "image/jpeg",
          "R0lGOD", "image/gif",
          "UklGR", "image/webp",
          "JVBERi", "application/pdf");

  private static final Map<String, String> AUDIO_FORMATS =
      Map.of(
          "x-wav", "wav",
          "wave", "wav",
          "vnd.wave", "wav",
          "mpeg", "mp3",
          "x-mp3", "mp3",
          "mpga", "mp3");

  private InlineMedia() {}

  /**
   * Media with the type that was sent with it.
   *
   * @param type with or without parameters; empty if none was sent
   */
  public static InlineSource of(String type, String base64, Optional<String> filename) {
    return of(MediaType.parse(type), base64, filename);
  }

  static InlineSource of(MediaType type, String base64, Optional<String> filename) {
    String data = plain(base64);
    String essence =
        type.isUnknown()
            ? typeOf(data)
                .or(() -> filename.flatMap(FileNames::typeOf))
                .or(() -> textType(data))
                .orElse(UNKNOWN_TYPE)
            : type.essence();
    String charset = type.parameters().getOrDefault("charset", "utf-8");
    return new InlineSource(essence, essence.startsWith("text/") ? inUtf8(data, charset) : data);
  }

  /**
   * What a client sends in the place of an image: clients send PDFs and audio there too, as other
   * gateways accept them.
   */
  public static Part part(MediaSource source, Optional<String> detail, Optional<CacheMark> mark) {
    if (!(source instanceof InlineSource inline) || isImage(inline.mediaType())) {
      return new ImagePart(source, detail, mark);
    }
    return inline.mediaType().startsWith("audio/")
        ? new AudioPart(inline.base64(), audioFormat(inline.mediaType()))
        : new FilePart(source, Optional.empty(), mark);
  }

  private static boolean isImage(String type) {
    return type.startsWith("image/") || type.equals(UNKNOWN_TYPE);
  }

  /** The media type that the first bytes of the data show. */
  public static Optional<String> typeOf(String base64) {
    return BEGINNINGS.entrySet().stream()
        .filter(each -> base64.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The format of audio as OpenAI names it: {@code audio/x-wav} is {@code wav}. */
  public static String audioFormat(String type) {
    String essence =
        type.indexOf('/') < 0
            ? type.strip().toLowerCase(Locale.ROOT)
            : MediaType.parse(type).essence();
    String format = essence.startsWith("audio/") ? essence.substring("audio/".length()) : essence;
    return AUDIO_FORMATS.getOrDefault(format, format);
  }

  private static Optional<String> textType(String base64) {
    String sample = base64.substring(0, Math.min(base64.length(), MAX_SAMPLE));
    try {
      String text = new String(Base64.getDecoder().decode(sample), StandardCharsets.UTF_8);
      boolean readable =
          !text.isEmpty() && text.chars().noneMatch(c -> c < ' ' && "\t\n\r\f".indexOf(c) < 0);
      return readable && text.indexOf('\uFFFD') < 0 ? Optional.of("text/plain") : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String inUtf8(String base64, String charset) {
    if (List.of("utf-8", "utf8", "us-ascii").contains(charset.toLowerCase(Locale.ROOT))) {
      return base64;
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      byte[] text = new String(bytes, Charset.forName(charset)).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(text);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return base64;
    } catch (IllegalArgumentException e) {
      // Data that is not base64 is rejected where it is decoded.
      return base64;
    }
  }

  /** The data without line breaks, in the alphabet with {@code +} and {@code /}. */
  private static String plain(String base64) {
    String data = base64.indexOf('-') < 0 ? base64 : base64.replace('-', '+');
    data = data.indexOf('_') < 0 ? data : data.replace('_', '/');
    boolean blank = data.indexOf('\n') >= 0 || data.indexOf('\r') >= 0 || data.indexOf(' ') >= 0;
    return blank ? data.replaceAll("\\s", "") : data;
  }
}
