package dev.serai.gateway.management;

import dev.serai.config.provider.Provider;
import dev.serai.core.budget.stored.BudgetRequest;
import dev.serai.core.caller.Roles;
import dev.serai.core.experiment.ExperimentRequest;
import dev.serai.core.feedback.FeedbackRequest;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.memory.request.MemoryRequests;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.RoleStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.PromptRequests;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.core.prompt.template.PromptTemplate;
import dev.serai.core.provider.credential.CredentialRequestReader;
import dev.serai.core.session.SessionRequests;
import java.util.List;
import java.util.function.Supplier;

/**
 * Readers of the JSON of requests about what is stored: what operators manage, such as keys and
 * budgets, and what clients store, such as memory objects and feedback. All are thread-safe.
 */
public final class AdminRequests {
  private AdminRequests() {}

  /**
   * Reads requests about API keys.
   *
   * @param roles those that a request may name
   */
  public static KeyRequestReader keys(Supplier<Roles> roles) {
    return new JsonKeyRequests(roles);
  }

  /**
   * Reads requests about tenants and users.
   *
   * @param roles those that a request may name
   */
  public static PeopleRequestReader people(Supplier<Roles> roles) {
    return new JsonPeopleRequests(roles);
  }

  /** Reads requests to store roles. */
  public static RoleStore.Reader roles() {
    return new JsonRoleRequests();
  }

  /**
   * Reads requests to store keys of providers.
   *
   * @param providers those of the settings
   */
  public static CredentialRequestReader credentials(Supplier<List<Provider>> providers) {
    return new JsonCredentialRequests(providers);
  }

  /** Reads feedback about calls. */
  public static FeedbackRequest.Reader feedback() {
    return new JsonFeedbackRequests();
  }

  /** Reads requests about experiments. */
  public static ExperimentRequest.Reader experiments() {
    return new JsonExperimentRequests();
  }

  /** Reads requests about prompts. */
  public static PromptRequests prompts() {
    return new JsonPromptRequests();
  }

  /**
   * What a stored version of a prompt says.
   *
   * @throws CallerProblem if this gateway cannot read it
   */
  public static PromptTemplate template(PromptVersion version) {
    return JsonPromptRequests.content(version.content()).template();
  }

  /** Reads requests about memory objects. */
  public static MemoryRequests memory() {
    return new JsonMemoryRequests();
  }

  /** Reads requests about sessions. */
  public static SessionRequests sessions() {
    return new JsonSessionRequests();
  }

  /**
   * The texts of a memory object that a search looks at.
   *
   * @param json the value of the object
   * @param max after about this many characters the rest is left out
   */
  public static String searchedText(byte[] json, int max) {
    return SearchedText.of(json, max);
  }

  /** Reads requests to store budgets. */
  public static BudgetRequest.Reader budgets() {
    return new JsonBudgetRequests();
  }
}
