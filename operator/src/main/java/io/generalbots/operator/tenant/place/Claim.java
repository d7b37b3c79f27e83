package io.generalbots.operator.tenant.place;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.BotRef;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.residents.Registration;
import java.util.List;

/** What only one Tenant of a BotCluster can have. */
enum Claim {
  NAME("NameTaken", "the name") {
    @Override
    List<String> wanted(Tenant tenant) {
      return List.of(tenant.getMetadata().getName());
    }

    @Override
    List<String> held(Registration registration) {
      return List.of(registration.tenant());
    }
  },
  HOST("HostTaken", "the host") {
    @Override
    List<String> wanted(Tenant tenant) {
      return tenant.getSpec().hosts();
    }

    @Override
    List<String> held(Registration registration) {
      return registration.hosts();
    }
  },
  /** In a Cell there is no other who could have it. */
  BOT("BotTaken", "the bot") {
    @Override
    List<String> wanted(Tenant tenant) {
      return Admission.wantsCell(tenant)
          ? List.of()
          : tenant.getSpec().bots().stream().map(BotRef::name).toList();
    }

    @Override
    List<String> held(Registration registration) {
      return registration.bots();
    }
  };

  private final String reason;
  private final String words;

  Claim(String reason, String words) {
    this.reason = reason;
    this.words = words;
  }

  /** What a spec asks for. */
  abstract List<String> wanted(Tenant tenant);

  /** What a Tenant was given. */
  abstract List<String> held(Registration registration);

  Objection taken(String value, String by) {
    return Objection.untilEdited(
        reason, "%s %s %s: write another one, or none".formatted(words, value, by));
  }
}
