package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.provider.Provider;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Permission;
import dev.serai.core.secret.KeyForms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a request that the operator can try and that works, or what is missing for one. */
final class ExampleRequest {
  /** It needs no key of a provider and no network. */
  private static final String GUIDE = "persona/guide";

  /** What needs no escape in the quotes of a shell and of JSON. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@+-]+");

  private static final String CHAT =
      "/v1/chat/completions -H 'content-type: application/json' \\\n";

  private final Settings settings;
  private final Set<String> served;
  private final String address;

  /**
   * @param served names of the providers that can be called
   * @param address of the gateway
   */
  ExampleRequest(Settings settings, Collection<String> served, String address) {
    this.settings = settings;
    this.served = Set.copyOf(served);
    this.address = address;
  }

  /** The request, or what to do before one. */
  String text(Gateway gateway) {
    if (!gateway.requiresKeys()) {
      return callable(AllowList.ALL)
          .map(model -> "try it:\n" + chat(model, ""))
          .orElse("no model can be called yet: docs/providers.md says how to set up a provider\n");
    }
    for (CallerKey key : settings.callerKeys()) {
      Optional<String> model = showsKey(key) ? callable(key.identity().models()) : Optional.empty();
      if (model.isPresent()) {
        return "try it, with the key "
            + KeyForms.redactedText(key.name())
            + " as KEY:\n"
            + chat(model.get(), header("KEY"));
      }
    }
    if (gateway.storedKeys() > 0
        || settings.callerKeys().stream().anyMatch(ExampleRequest::showsKey)) {
      return "see which models a key may call:\n" + models("KEY");
    }
    return settings.auth().issuers().isEmpty()
        ? "no API key may call a model yet: ./serai keys create --name NAME makes one\n"
        : "see which models a token may call:\n" + models("TOKEN");
  }

  /** Whether a caller has an API key and may call models. */
  private static boolean showsKey(CallerKey key) {
    return key.hash().isPresent() && key.identity().may(Permission.CHAT_BASIC);
  }

  /** A model that is served and that the list allows. */
  private Optional<String> callable(AllowList allowed) {
    List<String> names = new ArrayList<>(List.of(GUIDE));
    names.addAll(settings.models().keySet());
    allowed.patterns().stream().filter(name -> !name.endsWith("*")).forEach(names::add);
    for (Provider provider : settings.enabledProviders()) {
      provider.models().forEach(model -> names.add(provider.name() + "/" + model.name()));
    }
    return names.stream()
        .filter(name -> PLAIN.matcher(name).matches() && allowed.allows(name) && isServed(name))
        .findFirst();
  }

  private boolean isServed(String name) {
    if (settings.models().containsKey(name)) {
      return settings.models().get(name).targets().stream()
          .anyMatch(target -> served.contains(target.provider()));
    }
    return name.indexOf('/') > 0 && served.contains(name.substring(0, name.indexOf('/')));
  }

  /** The key is for the operator to insert: what is printed never has one. */
  private static String header(String variable) {
    return "-H \"authorization: Bearer $" + variable + "\"";
  }

  private String models(String variable) {
    return "  curl " + address + "/v1/models " + header(variable) + "\n";
  }

  private String chat(String model, String header) {
    String question = model.equals(GUIDE) ? "How do I add a provider?" : "Hello";
    return "  curl "
        + address
        + CHAT
        + (header.isEmpty() ? "" : "    " + header + " \\\n")
        + "    -d '{\"model\":\""
        + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + question
        + "\"}]}'\n";
  }
}
