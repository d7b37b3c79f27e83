package io.generalbots.operator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeanStoreTest {

  @Test
  void whoWroteWhatIsNotKept() {
    var store = new LeanStore<Secret>();
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("bots")
            .withName("one")
            .withManagedFields(new ManagedFieldsEntryBuilder().withManager("somebody").build())
            .endMetadata()
            .withData(Map.of("key", "value"))
            .build();
    store.put(store.getKey(secret), secret);
    var kept = store.get("bots/one");
    assertThat(kept.getMetadata().getManagedFields()).isEmpty();
    assertThat(kept.getData()).containsEntry("key", "value");
  }
}
