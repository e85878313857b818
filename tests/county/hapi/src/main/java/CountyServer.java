import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.IDaoRegistry;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.binary.api.IBinaryStorageSvc;
import ca.uhn.fhir.jpa.binstore.DatabaseBinaryContentStorageSvcImpl;
import ca.uhn.fhir.jpa.config.HibernatePropertiesProvider;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.dao.FulltextSearchSvcImpl;
import ca.uhn.fhir.jpa.dao.IFulltextSearchSvc;
import ca.uhn.fhir.jpa.dao.search.HSearchSortHelperImpl;
import ca.uhn.fhir.jpa.dao.search.IHSearchSortHelper;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.ApacheProxyAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import com.zaxxer.hikari.HikariDataSource;
import cunyi.county.TownshipRoles;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * A county's FHIR server for the tests: HAPI FHIR JPA on PostgreSQL, on loopback, with the settings that
 * packaging/county recommends.  Arguments: JDBC address, database user, port (0: any), a file that gets the address when the
 * server answers.  -Dcounty.box: as a county runs it, with its roles and nothing that deletes.  Ends with SIGTERM.
 */
@Configuration
@EnableTransactionManagement
@Import({JpaR4Config.class, JpaBatch2Config.class, Batch2JobsConfig.class, SubscriptionChannelConfig.class,
	ThreadPoolFactoryConfig.class})
public class CountyServer {
	static String jdbc, user;
	static final boolean box = Boolean.getBoolean("county.box");

	public static void main(String[] args) throws Exception {
		jdbc = args[0];
		user = args[1];
		var context = new AnnotationConfigApplicationContext(CountyServer.class);
		var server = new Server();
		var connector = new ServerConnector(server);
		connector.setHost("127.0.0.1");
		connector.setPort(Integer.parseInt(args[2]));
		server.addConnector(connector);
		var handler = new ServletContextHandler();
		handler.addServlet(new ServletHolder(context.getBean(RestfulServer.class)), "/fhir/*");
		server.setHandler(handler);
		server.setStopAtShutdown(true);
		server.start();
		Path ready = Path.of(args[3]), part = Path.of(args[3] + ".part");
		Files.writeString(part, "http://127.0.0.1:" + connector.getLocalPort() + "/fhir\n");
		Files.move(part, ready);
		server.join();
	}

	@Bean
	public DataSource dataSource() {
		var pool = new HikariDataSource();
		pool.setJdbcUrl(jdbc);
		pool.setUsername(user);
		pool.setMaximumPoolSize(12);
		return pool;
	}

	@Bean
	public JpaStorageSettings jpaStorageSettings() {
		var s = new JpaStorageSettings();
		s.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ALPHANUMERIC);
		s.setEnforceReferentialIntegrityOnWrite(true);
		s.setEnforceReferentialIntegrityOnDelete(true);
		s.setReuseCachedSearchResultsForMillis(null);
		s.setExpungeEnabled(!box); // for the tests alone: a county keeps everything
		s.setAllowMultipleDelete(!box);
		s.setFetchSizeDefaultMaximum(500);
		s.setHibernateSearchIndexSearchParams(false);
		return s;
	}

	@Bean
	public PartitionSettings partitionSettings() {
		return new PartitionSettings();
	}

	@Bean
	public SubscriptionSettings subscriptionSettings() {
		return new SubscriptionSettings();
	}

	@Bean
	@Primary
	public LocalContainerEntityManagerFactoryBean entityManagerFactory(
			DataSource source, ConfigurableListableBeanFactory beans, FhirContext fhir, JpaStorageSettings settings) {
		var factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, settings);
		var p = new Properties();
		p.put("hibernate.dialect", HapiFhirPostgresDialect.class.getName());
		p.put("hibernate.hbm2ddl.auto", "update");
		p.put("hibernate.jdbc.batch_size", "30");
		p.put("hibernate.order_inserts", "true");
		p.put("hibernate.order_updates", "true");
		p.put("hibernate.search.enabled", "false");
		factory.setPersistenceUnitName("HAPI_PU");
		factory.setDataSource(source);
		factory.setJpaProperties(p);
		return factory;
	}

	@Bean
	@Primary
	public JpaTransactionManager transactionManager(EntityManagerFactory factory) {
		return new JpaTransactionManager(factory);
	}

	@Bean
	@Primary
	public HibernatePropertiesProvider hibernateProperties(LocalContainerEntityManagerFactoryBean factory) {
		var p = new HibernatePropertiesProvider() {
			@Override
			public DataSource getDataSource() {
				return factory.getDataSource();
			}
		};
		p.setDialectForUnitTest(new HapiFhirPostgresDialect());
		return p;
	}

	@Bean
	public IFulltextSearchSvc fullTextSearchSvc() {
		return new FulltextSearchSvcImpl();
	}

	@Bean
	public IStaleSearchDeletingSvc staleSearchDeletingSvc() {
		return new StaleSearchDeletingSvcImpl();
	}

	@Bean
	public DatabaseBackedPagingProvider databaseBackedPagingProvider() {
		var p = new DatabaseBackedPagingProvider();
		p.setDefaultPageSize(50);
		p.setMaximumPageSize(500);
		return p;
	}

	@Bean
	public IResourceSupportedSvc resourceSupportedSvc(IDaoRegistry daos) {
		return new DaoRegistryResourceSupportedSvc(daos);
	}

	@Bean(name = "myResourceCountsCache")
	public ResourceCountCache resourceCountsCache(IFhirSystemDao<?, ?> system) {
		return ResourceCountCacheUtil.newResourceCountCache(system);
	}

	@Bean
	public IHSearchSortHelper hSearchSortHelper(ISearchParamRegistry params) {
		return new HSearchSortHelperImpl(params);
	}

	@Bean
	@Lazy
	public IBinaryStorageSvc binaryStorageSvc() {
		return new DatabaseBinaryContentStorageSvcImpl();
	}

	@Bean
	public RestfulServer restfulServer(IFhirSystemDao<?, ?> system, IJpaSystemProvider provider,
			ResourceProviderFactory resources, JpaStorageSettings settings, ISearchParamRegistry params,
			IValidationSupport validation, DatabaseBackedPagingProvider paging) {
		var server = new RestfulServer(system.getContext());
		server.registerProviders(resources.createProviders());
		server.registerProvider(provider);
		server.setServerConformanceProvider(
				new JpaCapabilityStatementProvider(server, system, settings, params, validation));
		server.setDefaultResponseEncoding(EncodingEnum.JSON);
		server.setPagingProvider(paging);
		if (box) {
			server.registerInterceptor(new TownshipRoles());
			server.setServerAddressStrategy(ApacheProxyAddressStrategy.forHttps());
		}
		return server;
	}
}
