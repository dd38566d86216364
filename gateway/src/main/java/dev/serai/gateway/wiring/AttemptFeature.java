package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.json.JsonTextRewriter;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.config.RetrySettings;
import dev.serai.core.call.CallListener;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.processors.attempt.CheckResponse;
import dev.serai.processors.attempt.ChooseCandidate;
import dev.serai.processors.attempt.FailedAttemptLog;
import dev.serai.processors.attempt.NextCandidates;
import dev.serai.processors.attempt.NoteFailedAttempt;
import dev.serai.processors.attempt.ReadProviderReply;
import dev.serai.processors.attempt.SignProviderRequest;
import dev.serai.processors.attempt.WriteProviderRequest;
import dev.serai.processors.fanout.FanOutSteps;
import dev.serai.processors.hedge.CallHedger;
import dev.serai.processors.hedge.SettleHedge;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.retry.RetryRules;
import dev.serai.processors.retry.RetryWaits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tries the candidates of a call: chooses one, writes its request, reads its reply. */
final class AttemptFeature implements Feature {
  private final SharedParts shared;
  private final ProvidersFeature providers;
  private final PrivacyFeature privacy;
  private final RoutingFeature routing;
  private final NextCandidates next;
  private final CallHedger hedger;
  private final RequestIds ids;

  AttemptFeature(
      SharedParts shared,
      ProvidersFeature providers,
      PrivacyFeature privacy,
      RoutingFeature routing) {
    ids = shared.requestIds();
    this.routing = routing;
    this.shared = shared;
    this.providers = providers;
    this.privacy = privacy;
    next =
        new NextCandidates(
            candidate -> providers.catalogue().abilities(candidate).contextLength(),
            shared.settings().retry().maxAttempts());
    hedger =
        new CallHedger(
            shared.loops(),
            routing.stats(),
            shared.ticker(),
            new RetryBudget(routing::hedgePercent),
            next::maxAttempts);
  }

  @Override
  public Map<String, Object> beans() {
    RetrySettings retry = shared.settings().retry();
    RetryBudget budget = new RetryBudget(retry.retryBudgetPercent());
    RetryWaits waits = new RetryWaits(retry.firstWait(), () -> shared.random().get().nextDouble());
    RetryRules rules = new RetryRules(shared.settings().upstream().deadlines().firstToken(), waits);
    Map<String, Object> beans = new HashMap<>();
    beans.put(
        "choose-candidate",
        new ChooseCandidate(shared.loops(), routing.stats(), hedger, budget, waits));
    beans.put(
        "note-failed-attempt", new NoteFailedAttempt(rules, budget, providers.keyHealth(), next));
    beans.put(
        "sign-provider-request", new SignProviderRequest(providers.signers(), shared.loops()));
    beans.put("settle-hedge", new SettleHedge());
    beans.putAll(
        new FanOutSteps(
                shared.loops(),
                routing.stats(),
                shared.memory(),
                StrictJson.comparison(),
                ids::next,
                shared.random())
            .byName());
    beans.put("write-provider-request", writeProviderRequest());
    beans.put("read-provider-reply", new ReadProviderReply(shared.memory(), next, shared.loops()));
    CheckResponse.Rules checks =
        new CheckResponse.Rules(routing::checksWholeResponses, next, JsonTextRewriter.ofStrings());
    beans.put("check-response", new CheckResponse(routing.forecast(), shared.memory(), checks));
    return beans;
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(new FailedAttemptLog());
  }

  private WriteProviderRequest writeProviderRequest() {
    boolean strict = shared.settings().serai().strict();
    return new WriteProviderRequest(
        shared.dialects(),
        shared.providers(),
        providers.keys(),
        new WriteProviderRequest.Rules(
            providers.headers(),
            strict,
            new WriteProviderRequest.ModelRules(
                providers.catalogue()::deadlines, providers.catalogue()::parameters),
            privacy.rules(),
            next),
        shared.loops());
  }
}
