package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.media.FileNames;
import dev.serai.adapters.dialects.media.UnsupportedContent;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.json.JsonWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Writes blocks of images, documents and audio. Bedrock fetches nothing from the web: media that
 * are not in the request must be in S3. A part without a block type fails the request with 400,
 * since leaving it out would change the meaning. For one request.
 */
final class RequestMediaWriter {
  private static final int MAX_NAME_LENGTH = 200;

  private final JsonWriter out;
  private final DroppedFields dropped;
  private final boolean cites;
  private final Set<String> names = new HashSet<>();
  private int lastNumber = 1;

  /**
   * @param cites whether the model can cite documents
   */
  RequestMediaWriter(JsonWriter out, DroppedFields dropped, boolean cites) {
    this.out = out;
    this.dropped = dropped;
    this.cites = cites;
  }

  void image(ImagePart image) {
    if (image.detail().isPresent() && !image.detail().get().equals("auto")) {
      dropped.add("image_url.detail");
    }
    image(image.source());
  }

  private void image(MediaSource source) {
    String format =
        switch (type(source, Optional.empty())) {
          case "image/png" -> "png";
          case "image/jpeg" -> "jpeg";
          case "image/gif" -> "gif";
          case "image/webp" -> "webp";
          default -> throw UnsupportedContent.notTaken("images of this type");
        };
    block("image", format, source);
  }

  /** Writes a file; true if it is a document, which requires text in the same turn. */
  boolean file(FilePart file) {
    String type = type(file.source(), file.filename());
    if (type.startsWith("image/")) {
      image(file.source());
      return false;
    }
    String format =
        switch (type) {
          case "application/pdf" -> "pdf";
          case "text/csv" -> "csv";
          case "application/msword" -> "doc";
          case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" -> "docx";
          case "application/vnd.ms-excel" -> "xls";
          case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" -> "xlsx";
          case "text/html" -> "html";
          case "text/markdown" -> "md";
          case "text/plain" -> "txt";
          default -> {
            if (file.source() instanceof InlineSource inline && inline.isText()
                || type.startsWith("text/")) {
              yield "txt";
            }
            throw UnsupportedContent.notTaken("files of this type");
          }
        };
    out.beginObject().name("document").beginObject().member("format", format);
    out.member("name", name(file.filename().orElse("")));
    source(file.source());
    if (file.cited() && cites) {
      out.name("citations").beginObject().member("enabled", true).endObject();
    }
    out.endObject().endObject();
    return true;
  }

  void audio(AudioPart audio) {
    out.beginObject().name("audio").beginObject().member("format", audio.format());
    out.name("source").beginObject().member("bytes", audio.base64()).endObject();
    out.endObject().endObject();
  }

  private void block(String kind, String format, MediaSource source) {
    out.beginObject().name(kind).beginObject().member("format", format);
    source(source);
    out.endObject().endObject();
  }

  private void source(MediaSource media) {
    out.name("source").beginObject();
    switch (media) {
      case InlineSource inline -> out.member("bytes", inline.base64());
      case UrlSource(String url) when isInS3(url) ->
          out.name("s3Location").beginObject().member("uri", url).endObject();
      case UrlSource _ ->
          throw UnsupportedContent.notTaken(
              "images or files at a web address; send them in the request");
      case UploadedSource _ ->
          throw UnsupportedContent.notTaken("files by id; send them in the request");
    }
    out.endObject();
  }

  private static boolean isInS3(String url) {
    return url.startsWith("s3://");
  }

  /** The media type: of remote media, by the ending of the name or the URL. */
  private static String type(MediaSource media, Optional<String> filename) {
    return media instanceof InlineSource inline
        ? inline.mediaType()
        : filename
            .or(() -> media instanceof UrlSource(String url) ? Optional.of(url) : Optional.empty())
            .flatMap(FileNames::typeOf)
            .orElse("");
  }

  /**
   * A unique name of the characters that Bedrock accepts: letters, digits, single spaces, hyphens,
   * brackets; 200 at most ("DocumentBlock", Amazon Bedrock API Reference).
   */
  private String name(String filename) {
    int dot = filename.lastIndexOf('.');
    String stem = dot > 0 ? filename.substring(0, dot) : filename;
    StringBuilder plain = new StringBuilder(stem.length());
    for (int i = 0; i < Math.min(stem.length(), MAX_NAME_LENGTH); i++) {
      char c = stem.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      boolean blank = plain.isEmpty() || plain.charAt(plain.length() - 1) == ' ';
      if (c != ' ' || !blank) {
        plain.append(letter || "-()[] ".indexOf(c) >= 0 ? c : '-');
      }
    }
    String base = plain.isEmpty() ? "document" : plain.toString().strip();
    String name = base;
    while (!names.add(name.toLowerCase(Locale.ROOT))) {
      lastNumber++; // never from 2 again: many names may differ only in what is cut
      String number = " " + lastNumber;
      int length = Math.min(base.length(), MAX_NAME_LENGTH - number.length());
      name = base.substring(0, length).strip() + number;
    }
    return name;
  }
}
