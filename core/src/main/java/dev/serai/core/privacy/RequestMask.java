package dev.serai.core.privacy;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches the body of one provider request, and masks it. The body is read twice: what the caller
 * wrote must be known before the first placeholder is made. For one call, one thread at a time.
 */
public final class RequestMask {
  private static final int MAX_CONTEXTUAL = 64;

  private final PiiDetector detector;
  private final JsonTexts texts;
  private final byte[] body;
  private final Map<PiiKind, Integer> counts = new EnumMap<>(PiiKind.class);
  private final Map<String, PiiKind> contextual = new HashMap<>();

  /** Searches a body. */
  public RequestMask(PiiDetector detector, JsonTexts texts, byte[] body) {
    this.detector = detector;
    this.texts = texts;
    this.body = body;
    texts.rewrite(body, this::count);
  }

  private String count(String text, String member) {
    for (Finding finding : detector.find(text, member)) {
      counts.merge(finding.kind(), 1, Integer::sum);
      if (finding.contextual() && contextual.size() < MAX_CONTEXTUAL) {
        contextual.put(text.substring(finding.start(), finding.end()), finding.kind());
      }
    }
    return text;
  }

  /** How many values of each kind there are. */
  public Map<PiiKind, Integer> counts() {
    return counts;
  }

  /**
   * The body with placeholders.
   *
   * @param placeholders of the call; the new ones are added
   */
  public byte[] masked(Placeholders placeholders) {
    texts.rewrite(body, (text, _) -> reserved(placeholders, text));
    return texts.rewrite(body, (text, member) -> mask(placeholders, text, member));
  }

  private static String reserved(Placeholders placeholders, String text) {
    placeholders.reserve(text);
    return text;
  }

  private String mask(Placeholders placeholders, String text, String member) {
    List<Finding> findings = detector.find(text, member);
    String masked = findings.isEmpty() ? text : placeholders.mask(text, findings);
    for (Map.Entry<String, PiiKind> known : contextual.entrySet()) {
      if (masked.contains(known.getKey())) {
        String placeholder = placeholders.of(known.getValue(), known.getKey());
        masked = masked.replace(known.getKey(), placeholder);
      }
    }
    return masked;
  }
}
