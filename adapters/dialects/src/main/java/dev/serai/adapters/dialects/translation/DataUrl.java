package dev.serai.adapters.dialects.translation;

import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.UrlSource;

/** Reads and writes URLs of images and files, which may hold the data themselves. */
public final class DataUrl {
  /** The media type of data without one. */
  public static final String UNKNOWN_TYPE = "application/octet-stream";

  private DataUrl() {}

  /** A data URL (RFC 2397) with base64 becomes inline media; any other URL is remote. */
  public static MediaSource read(String url) {
    int comma = url.indexOf(',');
    if (!url.regionMatches(true, 0, "data:", 0, 5) || comma < 0) {
      return new UrlSource(url);
    }
    String head = url.substring(5, comma);
    if (!head.endsWith(";base64")) {
      return new UrlSource(url);
    }
    String type = head.substring(0, head.length() - ";base64".length());
    return new InlineSource(type.isEmpty() ? UNKNOWN_TYPE : type, url.substring(comma + 1));
  }

  /** The data URL for inline media. */
  public static String write(InlineSource inline) {
    return "data:" + inline.mediaType() + ";base64," + inline.base64();
  }
}
