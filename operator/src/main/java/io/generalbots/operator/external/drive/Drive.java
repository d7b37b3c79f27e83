package io.generalbots.operator.external.drive;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** An object store, as whoever has its published Secret sees it. */
final class Drive implements AutoCloseable {

  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private final S3Client client;

  private Drive(S3Client client) {
    this.client = client;
  }

  /** By TLS, at servers that the cluster's authority vouches for. */
  static Drive open(Secret published) {
    return new Drive(
        S3Client.builder()
            .httpClientBuilder(http(published))
            .endpointOverride(URI.create(Secrets.text(published, "tls-uri")))
            .region(Region.of(Secrets.text(published, "region")))
            .credentialsProvider(login(published))
            .serviceConfiguration(c -> c.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(c -> c.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(LIMIT))
            .build());
  }

  private static UrlConnectionHttpClient.Builder http(Secret published) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(ATTEMPT)
        .socketTimeout(ATTEMPT)
        .tlsTrustManagersProvider(new Authority(Secrets.text(published, "ca.crt"))::managers);
  }

  private static AwsCredentialsProvider login(Secret published) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            Secrets.text(published, "username"), Secrets.text(published, "password")));
  }

  /** A file with what tells this version from others; none where there is no such file. */
  Optional<ResponseBytes<GetObjectResponse>> read(String bucket, String key) {
    try {
      return Optional.of(client.getObjectAsBytes(r -> r.bucket(bucket).key(key)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes a file, unless somebody else did so meanwhile: then the store refuses.
   *
   * @param former the version that is to be replaced
   */
  void write(PutObjectRequest.Builder file, byte[] content, Optional<String> former) {
    former.ifPresentOrElse(file::ifMatch, () -> file.ifNoneMatch("*"));
    client.putObject(file.build(), RequestBody.fromBytes(content));
  }

  @Override
  public void close() {
    client.close();
  }
}
