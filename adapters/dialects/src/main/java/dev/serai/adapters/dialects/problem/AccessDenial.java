package dev.serai.adapters.dialects.problem;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells apart what a provider's 403 is about. One about the model or the region concerns the
 * request: another key of the account would be refused too, so this key is not at fault. Only the
 * provider's words say which it is. Stateless.
 */
public final class AccessDenial {
  private static final Pattern REGION =
      Pattern.compile(
          "\\b(countr(y|ies)|regions?|territor(y|ies))\\b|\\blocation (is )?not"
              + " (supported|allowed)\\b");
  private static final Pattern MODEL = Pattern.compile("\\b(models?|deployments?)\\b");

  /**
   * A model or a file that the request names: a model of AWS that the account did not subscribe to,
   * Google's files and cached contents, and what Anthropic says in regions that it does not serve.
   */
  private static final Pattern NAMED =
      Pattern.compile(
          "\\bmodel access is denied\\b"
              + "|\\bpermission to access the file\\b"
              + "|\\bcachedcontent not found\\b"
              + "|^request not allowed$");

  /**
   * The key or the account may not use the model, and may use others. "Explicit deny" is AWS's word
   * for a policy of the organisation, whatever the key's own policies allow.
   */
  private static final Pattern MODEL_DENIED =
      Pattern.compile(
          "\\b(access (to )?|use |inference (on |with )?|invoke )"
              + "(the |this |that |requested |foundation )*(models?|deployments?)\\b"
              + "|\\bmodels?\\b.{0,80}\\bnot (enabled|available|allowed) for\\b"
              + "|\\bwith an explicit deny\\b");

  /** AWS says this of a key whose policies do not name the action, whatever the model is. */
  private static final Pattern NO_POLICY = Pattern.compile("\\bno [a-z-]+ policy allows\\b");

  /** Names of the credentials, and of rights that belong to them. */
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(api[ -]?keys?|access keys?|secret|token|credentials?|signature|scopes?)\\b"
              + "|not authorized to perform");

  /** What Gemini says with the status 400 in regions that it does not serve. */
  private static final List<String> NOT_SERVED =
      List.of("user location is not supported", "gemini api free tier is not available in your");

  private static final int MIN_NAME = 3;

  private AccessDenial() {}

  /** Whether an error of any status says that the provider does not serve the gateway's region. */
  public static boolean concernsRegion(int status, String message) {
    return Wordings.any(NOT_SERVED, status, message);
  }

  /**
   * Whether a 403 is about the model, the region or a file that the request names.
   *
   * @param model the name that the provider knows the model by
   * @param code the error's code or type, empty if it has none
   */
  public static boolean concernsRequest(String model, String message, String code) {
    String word = code.toLowerCase(Locale.ROOT);
    if (word.contains("model") || word.contains("region") || word.contains("country")) {
      return true;
    }
    String text = Wordings.lowerCase(message);
    String name = model.toLowerCase(Locale.ROOT);
    return REGION.matcher(text).find() || NAMED.matcher(text).find() || isAboutModel(text, name);
  }

  private static boolean isAboutModel(String text, String name) {
    if (NO_POLICY.matcher(text).find()) {
      return false;
    }
    return names(text, name)
        || MODEL_DENIED.matcher(text).find()
        || MODEL.matcher(text).find() && !KEY.matcher(text).find();
  }

  /** Whether a text has the name as a word; a short one may be any word. */
  private static boolean names(String text, String name) {
    int at = name.length() < MIN_NAME ? -1 : text.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      if (begins && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
        return true;
      }
      at = text.indexOf(name, at + 1);
    }
    return false;
  }
}
