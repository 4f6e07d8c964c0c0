package clientkpis.clouds;

class LocalStackTest extends StackTest {
    @Override
    SamTestCloud start() throws Exception {
        Clouds.assume("localstack", LocalStackTestCloud::missing);
        return new LocalStackTestCloud();
    }
}
