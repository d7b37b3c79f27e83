package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Multi-factor authentication. */
@ApiObject
@ValidationRule(
    value = "!('WhatsApp' in self.methods) || has(self.whatsapp)",
    message =
        "method WhatsApp needs a sender: write mfa.whatsapp with provider, template and secretName, or remove WhatsApp from methods",
    fieldPath = ".whatsapp")
@ValidationRule(
    value = "!('Sms' in self.methods) || has(self.sms)",
    message =
        "method Sms needs a sender: write mfa.sms with provider and secretName, or remove Sms from methods",
    fieldPath = ".sms")
public record MfaSpec(
    @JsonPropertyDescription("Whether second factors are offered and demanded.") @Default("true")
        Boolean enabled,
    @JsonPropertyDescription("Second factors on offer: Totp, Sms, Email, WhatsApp and WebAuthn.")
        @Default("[\"Totp\",\"Email\",\"WebAuthn\"]")
        @Size(max = 5)
        @ListSet
        List<MfaMethod> methods,
    @JsonPropertyDescription("Who must have one: Admin, SensitiveOperations or AllUsers.")
        @Default("[\"Admin\",\"SensitiveOperations\"]")
        @Size(max = 3)
        @ListSet
        List<MfaScope> requiredFor,
    @JsonPropertyDescription("Days a new user may sign in before a second factor is demanded.")
        @Default("7")
        @Min(0)
        @Max(90)
        Integer gracePeriodDays,
    @JsonPropertyDescription("Sender of WhatsApp codes.") @Nullable WhatsAppSpec whatsapp,
    @JsonPropertyDescription("Sender of text messages.") @Nullable SmsSpec sms) {
  public MfaSpec {
    methods = Absent.toEmpty(methods);
    requiredFor = Absent.toEmpty(requiredFor);
  }
}
