package dev.serai.adapters.dialects.problem;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells apart what a provider's 403 is about. One about the model or the region concerns the
 * request: another key of the account would be refused too, so this key is not at fault. Only the
 * provider's words say which it is.
 */
public final class AccessDenial {
  private static final int MAX_LENGTH = 2000;

  private static final Pattern REGION =
      Pattern.compile(
          "\\b(countr(y|ies)|regions?|territor(y|ies))\\b|\\blocation is not supported\\b");
  private static final Pattern MODEL = Pattern.compile("\\b(models?|deployments?)\\b");

  /** Names of the credentials, and of rights that belong to them. */
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(api[ -]?keys?|access keys?|secret|token|credentials?|signature)\\b"
              + "|not authorized to perform");

  private AccessDenial() {}

  /**
   * Whether a 403 is about the model or the region.
   *
   * @param code the error's code or type, empty if it has none
   */
  public static boolean concernsRequest(String message, String code) {
    String word = code.toLowerCase(Locale.ROOT);
    if (word.contains("model") || word.contains("region") || word.contains("country")) {
      return true;
    }
    String text =
        message.substring(0, Math.min(message.length(), MAX_LENGTH)).toLowerCase(Locale.ROOT);
    return REGION.matcher(text).find() || MODEL.matcher(text).find() && !KEY.matcher(text).find();
  }
}
