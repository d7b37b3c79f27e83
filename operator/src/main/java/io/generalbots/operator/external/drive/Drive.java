package io.generalbots.operator.external.drive;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** An object store, as whoever has its published Secret sees it. */
public final class Drive implements AutoCloseable {

  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private final S3Client client;

  private Drive(S3Client client) {
    this.client = client;
  }

  /** By TLS, at servers that the cluster's authority vouches for. */
  public static Drive open(Secret published) {
    var name = Secrets.text(published, "username");
    return open(published, name, Secrets.text(published, "password"), LIMIT);
  }

  /**
   * The same with a login of somebody else's.
   *
   * @param limit within which every call answers or fails
   */
  public static Drive open(Secret published, String name, String password, Duration limit) {
    var attempt = limit.compareTo(ATTEMPT) < 0 ? limit : ATTEMPT;
    return new Drive(
        S3Client.builder()
            .httpClientBuilder(http(published, attempt))
            .endpointOverride(URI.create(Secrets.text(published, "tls-uri")))
            .region(Region.of(Secrets.text(published, "region")))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(name, password)))
            .serviceConfiguration(c -> c.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(c -> c.apiCallAttemptTimeout(attempt).apiCallTimeout(limit))
            .build());
  }

  private static UrlConnectionHttpClient.Builder http(Secret published, Duration attempt) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(attempt)
        .socketTimeout(attempt)
        .tlsTrustManagersProvider(new Authority(Secrets.text(published, "ca.crt"))::managers);
  }

  /** The names of the buckets that the login is shown. */
  public Set<String> buckets() {
    return client.listBuckets().buckets().stream().map(Bucket::name).collect(Collectors.toSet());
  }

  /** A file with what tells this version from others; none where there is no such file. */
  public Optional<ResponseBytes<GetObjectResponse>> read(String bucket, String key) {
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
  public void write(PutObjectRequest.Builder file, byte[] content, Optional<String> former) {
    former.ifPresentOrElse(file::ifMatch, () -> file.ifNoneMatch("*"));
    client.putObject(file.build(), RequestBody.fromBytes(content));
  }

  /** The keys in a bucket that begin so, in order. */
  public List<String> keys(String bucket, String prefix) {
    return client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** Makes a bucket; says whether there was none of this name. */
  public boolean make(String bucket) {
    try {
      client.createBucket(r -> r.bucket(bucket));
      return true;
    } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
      return false;
    }
  }

  /** What is written into a bucket from now on is encrypted, whether the writer asks or not. */
  public void encrypt(String bucket) {
    client.putBucketEncryption(
        r ->
            r.bucket(bucket)
                .serverSideEncryptionConfiguration(
                    c ->
                        c.rules(
                            ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(
                                    d -> d.sseAlgorithm(ServerSideEncryption.AES256))
                                .build())));
  }

  /** Removes some of what is in a bucket, former versions too; how many that were. */
  public int empty(String bucket) {
    try {
      return new Emptying(client, bucket).some();
    } catch (NoSuchBucketException e) {
      return 0;
    }
  }

  /** Removes a bucket, which has to be empty. */
  public void remove(String bucket) {
    try {
      client.deleteBucket(r -> r.bucket(bucket));
    } catch (NoSuchBucketException e) {
      // Somebody else was faster, or it was done before and the answer was lost.
      return;
    }
  }

  /** Removes a file. */
  public void remove(String bucket, String key) {
    client.deleteObject(r -> r.bucket(bucket).key(key));
  }

  @Override
  public void close() {
    client.close();
  }
}
